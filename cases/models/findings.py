"""What checks found in entries, what moderators said of it, and what was read in files. No personal data stand here."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.checks.kinds import Kind
from cases.models.entries import EntryPage

HASH_LENGTH = 64


class Finding(models.Model):
    """Something in one place of one entry that looks like personal data.

    `key` is a keyed hash of kind, place and matched text: the same text in the same place is the same finding and
    keeps its verdict, a changed text is a new one. The text itself is nowhere stored: `excerpt` is masked.
    """

    class State(models.TextChoices):
        """What a moderator said of it."""

        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted: it may stay")
        REFUSED = "refused", _("Refused: it must go")

    entry = models.ForeignKey(EntryPage, on_delete=models.CASCADE, related_name="findings")
    key = models.CharField(max_length=HASH_LENGTH)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    field = models.CharField(_("field"), max_length=60)
    where = models.JSONField(_("place"), default=list)
    excerpt = models.CharField(_("masked text"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    found_at = models.DateTimeField(_("found"), auto_now_add=True)
    present = models.BooleanField(default=True)
    """Whether the newest draft still holds it: a verdict outlives the text, which may come back."""

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["field", "pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "key"], name="finding_once")]
        indexes = [models.Index(fields=["state", "present"], name="finding_state")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.excerpt}"


class FileReading(models.Model):
    """What was found in a file's content: unchanged content is not read again."""

    content_hash = models.CharField(max_length=HASH_LENGTH)
    suffix = models.CharField(max_length=12, blank=True)
    rules = models.CharField(max_length=20)
    """Which version of the rules read it, for which countries."""
    found = models.JSONField(default=list)
    read_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("reading of a file")
        constraints = [models.UniqueConstraint(fields=["content_hash", "suffix", "rules"], name="file_read_once")]

    def __str__(self) -> str:
        return f"{self.content_hash[:8]}{self.suffix}"


class LinkResult(models.Model):
    """How the last look at one address went."""

    class State(models.TextChoices):
        """What it means for readers."""

        OK = "ok", _("Works")
        UNSURE = "unsure", _("The server refused to tell")
        BROKEN = "broken", _("Broken")
        FORBIDDEN = "forbidden", _("Not an address of the public web")

    url = models.CharField(_("address"), max_length=500, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    code = models.PositiveSmallIntegerField(_("status code"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    broken_since = models.DateTimeField(_("broken since"), null=True, blank=True)
    checked_at = models.DateTimeField(_("checked"), db_index=True)

    class Meta:
        verbose_name = _("checked link")
        verbose_name_plural = _("checked links")

    def __str__(self) -> str:
        return self.url
