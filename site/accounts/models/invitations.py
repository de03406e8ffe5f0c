"""Invitations: a mailed link with which somebody joins groups, with a new account or the one they have."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User

LIFETIME = timedelta(days=7)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """The groups of invitations that pages list."""

    def open(self) -> InvitationQuerySet:
        """Neither accepted nor cancelled; the link of some may be out of date."""
        return self.filter(accepted_at=None, cancelled_at=None)

    def usable(self) -> InvitationQuerySet:
        """Open, and the link still works."""
        return self.open().filter(sent_at__gt=timezone.now() - LIFETIME)


class Invitation(models.Model):
    """An invitation to one address. The link holds a token of which only the hash is kept; a new mail, a new token."""

    class State(models.TextChoices):
        """Where it stands."""

        PENDING = "pending", _("Waiting for an answer")
        EXPIRED = "expired", _("The link is out of date")
        ACCEPTED = "accepted", _("Accepted")
        CANCELLED = "cancelled", _("Cancelled")

    email = models.EmailField(_("e-mail address"))
    groups = models.ManyToManyField(Group, related_name="+")
    purpose = models.CharField(_("invited to"), max_length=150)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    token_hash = models.CharField(max_length=64, unique=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(cancelled_at=None), name="invitation_accepted_or_cancelled"
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def expires_at(self) -> datetime:
        """Until when the link works."""
        return self.sent_at + LIFETIME

    @property
    def state(self) -> Invitation.State:
        """Where it stands now."""
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.cancelled_at:
            return self.State.CANCELLED
        return self.State.PENDING if self.expires_at > timezone.now() else self.State.EXPIRED
