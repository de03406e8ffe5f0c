"""Terms that authors miss in a vocabulary, and what editors decided about them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.terms import Term


class TermProposal(models.Model):
    """One term that an author proposes; a decision is final and names its reason or the term that serves."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("Waits")
        ACCEPTED = "accepted", _("Accepted")
        MAPPED = "mapped", _("There was a term for it")
        REFUSED = "refused", _("Refused")

    vocabulary = models.CharField(_("vocabulary"), max_length=60, editable=False)
    label = models.CharField(
        _("proposed term"), max_length=120, help_text=_("A few words, as they would stand in the list.")
    )
    language = models.CharField(_("language of the term"), max_length=10)
    meaning = models.TextField(
        _("what it means"),
        max_length=1000,
        help_text=_("What belongs to it and what does not, and why nothing in the list fits."),
    )
    entry = models.ForeignKey(
        "cases.EntryPage", null=True, on_delete=models.SET_NULL, related_name="term_proposals", editable=False
    )
    field = models.CharField(max_length=60, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN, editable=False)
    term = models.ForeignKey(
        Term, verbose_name=_("term"), null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    reason = models.TextField(_("reason"), blank=True, max_length=1000, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)

    class Meta:
        verbose_name = _("proposed term")
        verbose_name_plural = _("proposed terms")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["vocabulary", "label", "proposed_by"],
                condition=models.Q(state="open"),
                name="term_proposed_once",
            )
        ]

    def __str__(self) -> str:
        return self.label
