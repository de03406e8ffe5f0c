"""The outbox of mails."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class QueuedMailQuerySet(models.QuerySet["QueuedMail"]):
    """The groups of mails that delivery and operators ask for."""

    def waiting(self) -> QueuedMailQuerySet:
        """Neither delivered nor given up."""
        return self.filter(sent_at=None, set_aside_at=None)

    def due(self) -> QueuedMailQuerySet:
        """Waiting, and their time has come."""
        return self.waiting().filter(due_at__lte=timezone.now())

    def set_aside(self) -> QueuedMailQuerySet:
        """Given up, with a reason."""
        return self.exclude(set_aside_at=None)


class QueuedMail(models.Model):
    """One mail to one recipient, drawn in their language when it was written.

    `due_at` is when it may be tried next; the process that moves it on has taken the mail. A delivered mail keeps no
    text: it may hold a link that opens an account.
    """

    kind = models.CharField(_("kind"), max_length=60)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    address = models.EmailField(_("address"))
    language = models.CharField(_("language"), max_length=12)
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    about = models.CharField(_("about"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now, db_index=True)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    trouble = models.CharField(_("reason"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("delivered"), null=True)
    set_aside_at = models.DateTimeField(_("given up"), null=True)

    objects = QueuedMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        default_permissions = ("view", "change")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(sent_at=None, set_aside_at=None), name="queued_mail_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.address}"
