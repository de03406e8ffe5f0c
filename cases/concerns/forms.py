"""The public form and those of moderators."""

from __future__ import annotations

from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.concerns.models import LONGEST_TEXT, Concern
from cases.terms import TermRow, current_terms
from core.guarding import GuardedForm

SHORTEST: Final = 10
MOST_LINKS: Final = 5
"""Advertising has more."""


def reasons() -> list[TermRow]:
    """The reasons in their order."""
    return list(current_terms().of("concern_reasons"))


def choices() -> list[tuple[str, str]]:
    """The reasons as the form offers them."""
    return [(term.code, str(term.label())) for term in reasons()]


class ConcernForm(GuardedForm):
    """What a visitor tells; only the reason and some words are needed."""

    reason = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect, choices=choices)
    text = forms.CharField(
        label=_("What should we know?"),
        min_length=SHORTEST,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("In any language. Do not write who you are or name others unless it is needed."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_(
            "Only if you want an answer. Only moderators see it, and it is deleted after the matter is closed."
        ),
    )
    may_share = forms.BooleanField(
        label=_("The team that wrote the page may read my message"),
        required=False,
        help_text=_("Otherwise only moderators read it. Your address is shown to the team only together with it."),
    )
    field_order = ("reason", "text", "email", "may_share")

    def clean_text(self) -> str:
        """Refuse what is full of links."""
        text: str = self.cleaned_data["text"].strip()
        if text.count("http://") + text.count("https://") > MOST_LINKS:
            raise ValidationError(_("At most %(most)s links are possible.") % {"most": MOST_LINKS})
        return text

    @property
    def chosen(self) -> TermRow:
        """The reason as a term."""
        return next(term for term in reasons() if term.code == self.cleaned_data["reason"])


class AnswerForm(forms.Form):
    """An answer by mail."""

    answer = forms.CharField(
        label=_("Answer"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Sent by mail. It is not kept here."),
    )  # fmt: skip


class CloseForm(forms.Form):
    """How it ended."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", "—"), *Concern.Outcome.choices])
    note = forms.CharField(
        label=_("Note for moderators"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why. Without names: it is kept longer than the message."),
    )  # fmt: skip
