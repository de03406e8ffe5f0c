"""The date on which somebody has to look at an entry again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewDate(models.Model):
    """One row for each original that was ever published; its translations follow it."""

    entry = models.OneToOneField("cases.EntryPage", on_delete=models.CASCADE, related_name="review")
    checked_on = models.DateField(_("last checked"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField(_("due for review"), db_index=True)
    remind_on = models.DateField(_("next reminder"), db_index=True)

    class Meta:
        verbose_name = _("review date")
        verbose_name_plural = _("review dates")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.due_on}"
