"""What is asked when an entry is withdrawn, and when one version is closed."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from cases.terms import current_terms
from cases.withdrawing.rules import VOCABULARY

NOTHING: Final = "nothing"
REASON: Final = "reason"
TEXT: Final = "text"
OTHER: Final = "other"
LONGEST: Final = 500


def _reasons() -> list[tuple[str, str]]:
    rows = current_terms().of(VOCABULARY)
    return [(row.code, f"{row.label()}. {row.description()}".strip()) for row in rows]


class ReasonForm(forms.Form):
    """A reason for moderators, and apart from it what the public is told."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=lazy(_reasons, list),
        widget=forms.RadioSelect,
        help_text=_("For the team and moderators. The public does not see it unless you say so below."),
    )
    note = forms.CharField(
        label=_("Note for the team and moderators"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What happened. Name nobody who could be harmed."),
    )
    tell = forms.ChoiceField(
        label=_("What the public is told"),
        choices=[
            (NOTHING, _("Nothing but reference and date. Choose this when the reason itself could harm people.")),
            (REASON, _("The reason chosen above, in the reader's language")),
            (TEXT, _("A text of your own")),
        ],
        initial=NOTHING,
        widget=forms.RadioSelect,
    )
    public_text = forms.CharField(
        label=_("Text for the public"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only with “A text of your own”. It is shown as it is, in every language."),
    )

    def clean(self) -> dict[str, Any]:
        """A reason that says nothing needs a note; a text of one's own has to be there."""
        cleaned = super().clean() or {}
        if cleaned.get("reason") == OTHER and not cleaned.get("note", "").strip():
            self.add_error("note", ValidationError(_("Say in the note what the other reason is.")))
        if cleaned.get("tell") == TEXT and not cleaned.get("public_text", "").strip():
            self.add_error("public_text", ValidationError(_("Write what the public is told, or choose “Nothing”.")))
        return cleaned

    def told(self) -> dict[str, str]:
        """The values of a tombstone."""
        data = self.cleaned_data
        return {
            "note": data["note"],
            "public_code": data["reason"] if data["tell"] == REASON else "",
            "public_reason": data["public_text"] if data["tell"] == TEXT else "",
        }
