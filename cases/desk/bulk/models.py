"""What was done to many entries at once, and what is needed to undo it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class BulkGroup(models.Model):
    """One bulk action. Its key is that of all its lines in the audit log."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    action = models.CharField(_("action"), max_length=40)
    details = models.CharField(_("details"), max_length=500, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    done_at = models.DateTimeField(_("done"), default=timezone.now, db_index=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("undone by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    if TYPE_CHECKING:
        items: RelatedManager[BulkItem]

    class Meta:
        verbose_name = _("bulk action")
        verbose_name_plural = _("bulk actions")
        default_permissions = ()
        ordering = ["-done_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.key}"


class BulkItem(models.Model):
    """What became of one entry: done, with its state before and after, or refused with the reason."""

    group = models.ForeignKey(BulkGroup, on_delete=models.CASCADE, related_name="items")
    entry = models.ForeignKey("cases.EntryPage", null=True, on_delete=models.SET_NULL, related_name="+")
    target = models.PositiveBigIntegerField()
    label = models.CharField(_("entry"), max_length=255)
    refused = models.CharField(_("reason"), max_length=500, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["group", "target"], name="bulk_item_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def done(self) -> bool:
        """Whether the action was done to it."""
        return not self.refused
