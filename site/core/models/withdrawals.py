"""What was taken back: a tombstone without content."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Withdrawal(models.Model):
    """One withdrawal of an entry, all languages; ended by a restoration."""

    reference = models.CharField(_("reference"), max_length=40, blank=True)
    translation_key = models.UUIDField(db_index=True)
    reason = models.CharField(_("reason"), max_length=80)
    note = models.TextField(_("note for moderators"), blank=True)
    public_code = models.CharField(_("reason told in public"), max_length=80, blank=True)
    public_reason = models.TextField(_("public reason"), blank=True)
    contact = models.EmailField(_("whom to write to"), blank=True)
    pages = models.JSONField(_("pages that were live"), default=list, blank=True)
    withdrawn_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    restored_at = models.DateTimeField(null=True, blank=True)
    restored_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    republished = models.BooleanField(_("published again as it was"), default=False)

    class Meta:
        verbose_name = _("withdrawal")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key"],
                condition=models.Q(restored_at__isnull=True),
                name="one_withdrawal_in_force",
            )
        ]

    def __str__(self) -> str:
        return self.reference


class WithdrawnAddress(models.Model):
    """A path that led to what was withdrawn."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.CASCADE, related_name="addresses")
    path = models.CharField(max_length=700, db_index=True)

    def __str__(self) -> str:
        return self.path
