"""A concern that a visitor sent, and what became of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from cases.models.entries import EntryPage
from cases.models.teams import CountryTeam
from cases.models.terms import Term

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are read for one another."""
LONGEST_TEXT = 5000


def new_number() -> str:
    """A number that tells nobody how many concerns there are, nor those of others."""
    return f"C-{get_random_string(4, LETTERS)}-{get_random_string(4, LETTERS)}"


class Concern(models.Model):
    """What somebody wrote about an entry or a team. Text and address are deleted some time after it is closed."""

    class State(models.TextChoices):
        """How far it is."""

        NEW = "new", _("New")
        CLAIMED = "claimed", _("Somebody looks into it")
        CLOSED = "closed", _("Closed")

    class Outcome(models.TextChoices):
        """What came of it."""

        CHANGED = "changed", _("The page was changed")
        WITHDRAWN = "withdrawn", _("The page was withdrawn")
        UNCHANGED = "unchanged", _("Nothing had to be changed")
        DUPLICATE = "duplicate", _("It was told before")
        SPAM = "spam", _("No concern: advertising or abuse")

    number = models.CharField(_("number"), max_length=20, unique=True, default=new_number, editable=False)
    entry = models.ForeignKey(EntryPage, null=True, on_delete=models.SET_NULL, related_name="concerns")
    team = models.ForeignKey(CountryTeam, null=True, on_delete=models.SET_NULL, related_name="concerns")
    """The team whose work it is about."""
    subject = models.CharField(_("about"), max_length=60)
    """Reference of the entry, or code of the team: stays when the page goes."""
    title = models.CharField(_("title"), max_length=255)
    language = models.CharField(_("language"), max_length=10)
    reason = models.ForeignKey(Term, verbose_name=_("reason"), on_delete=models.PROTECT, related_name="+")
    urgent = models.BooleanField(_("urgent"), default=False)
    text = models.TextField(_("message"), max_length=LONGEST_TEXT, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    may_share = models.BooleanField(_("may be shown to the team"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("claimed by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True)
    note = models.TextField(_("note for moderators"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    forgotten_at = models.DateTimeField(null=True)
    """When text and address were deleted."""

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ["-urgent", "created_at", "pk"]
        indexes = [models.Index(fields=["state", "urgent"], name="concern_state")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_closed(self) -> bool:
        """Whether nobody has to do anything more."""
        return self.state == self.State.CLOSED

    def reason_label(self) -> Any:
        """The reason in the language of the reader."""
        from cases.terms import current_terms

        return current_terms().resolve(self.reason_id).label()
