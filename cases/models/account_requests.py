"""Requests for an account, made by anybody on a public page and answered by an editor."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.teams import CountryTeam


class AccountRequest(models.Model):
    """What somebody wrote who wants to take part, and what became of it."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")

    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    team = models.ForeignKey(
        CountryTeam, verbose_name=_("country team"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    message = models.TextField(_("message"), max_length=2000)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("received"), default=timezone.now)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.WAITING)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("request for an account")
        verbose_name_plural = _("requests for an account")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["state", "created_at"], name="account_request_queue")]

    def __str__(self) -> str:
        return self.name
