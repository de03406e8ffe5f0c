"""One row for each state of an entry that the public has seen."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.models import Revision


class PublishedVersion(models.Model):
    """What one page of an entry said when it was published.

    Numbers count up from 1 for each page: a translation has its own, and names in `source_version` the version of the
    original whose facts stood beside its texts. The revision is protected, so neither a purge of revisions nor the
    deletion of the page can take away what people may have cited.
    """

    entry = models.ForeignKey("cases.EntryPage", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="+")
    source_version = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="resting_versions"
    )
    title = models.CharField(_("title"), max_length=255)
    snapshot = models.JSONField(_("snapshot"), encoder=DjangoJSONEncoder)
    digest = models.CharField(_("digest"), max_length=64, help_text=_("SHA-256 of the snapshot."))
    published_at = models.DateTimeField(_("published"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    ethics_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ethics approval"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    changed_fields = models.JSONField(_("changed fields"), default=list, blank=True)
    change_note = models.TextField(_("what changed"), blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    closed_reason = models.CharField(_("reason"), max_length=80, blank=True)
    closed_note = models.TextField(_("public note"), blank=True)

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        ordering = ["entry", "-number"]
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def is_closed(self) -> bool:
        """Whether nobody may read this version, or the version of the original on which it rests."""
        return self.closed_at is not None or (self.source_version is not None and self.source_version.is_closed)
