"""The forms of the review: each decision carries the revision that was shown."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from wagtail.admin.widgets import AdminDateTimeInput

from cases.workflow import rules

if TYPE_CHECKING:
    from cases.models import EntryPage

COMMENT_LENGTH: Final = 5_000
WHOLE: Final = "title"
"""Comments on the whole entry stand beside its title."""


class ActionForm(forms.Form):
    """An action that needs nothing but a click."""


class DecisionForm(forms.Form):
    """What every decision sends: the version that was read, and a text."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    comment = forms.CharField(
        label=_("Comment"), required=False, max_length=COMMENT_LENGTH, widget=forms.Textarea({"rows": 3})
    )


class ApproveForm(DecisionForm):
    """Approval; an editor also says when it goes live and ends, where the team's proposal stands at first."""

    go_live_at = forms.DateTimeField(
        label=_("Publish on"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Empty: as soon as nobody else has to approve. In your own time zone."),
    )
    expire_at = forms.DateTimeField(
        label=_("Public until"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Empty: for good. In your own time zone."),
    )

    def clean_go_live_at(self) -> Any:
        """A time that has passed would publish at once, which is better said by leaving it empty."""
        return self._time("go_live_at", _("This time has passed. Leave it empty to publish at once."))

    def clean_expire_at(self) -> Any:
        """A time that has passed would take the entry down at once."""
        return self._time("expire_at", _("This time has passed. Leave it empty to publish for good."))

    def clean(self) -> dict[str, Any]:
        """What ends before it begins is refused."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        begin, end = cleaned.get("go_live_at"), cleaned.get("expire_at")
        if isinstance(begin, datetime) and isinstance(end, datetime) and end <= begin:
            self.add_error("expire_at", _("It has to be later than “Publish on”."))
        return cleaned

    def _time(self, name: str, passed: Any) -> Any:
        """The time that was sent; `KEEP` where the form did not mention it."""
        value = self.cleaned_data[name]
        if self.add_prefix(name) not in self.data:
            return rules.KEEP
        if value is not None and value <= timezone.now():
            raise ValidationError(passed)
        return value


class AskForm(DecisionForm):
    """Sending back."""

    comment = forms.CharField(
        label=_("What has to be changed?"), max_length=COMMENT_LENGTH, widget=forms.Textarea({"rows": 4})
    )


class RefuseForm(DecisionForm):
    """Rejecting for good."""

    comment = forms.CharField(
        label=_("Why is it rejected? The team reads this."),
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea({"rows": 4}),
    )


class CommentForm(forms.Form):
    """A comment on the entry or on one of its texts."""

    field = forms.ChoiceField(label=_("About"), required=False)
    text = forms.CharField(label=_("Comment"), max_length=COMMENT_LENGTH, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, entry: EntryPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = list(places(entry).items())  # type: ignore[attr-defined]

    def clean_field(self) -> str:
        """Nothing chosen means the whole entry."""
        return self.cleaned_data["field"] or WHOLE


def places(entry: EntryPage) -> dict[str, Any]:
    """What a comment may be about: names of fields, by which the editor shows it at its place."""
    texts = {name: capfirst(str(entry._meta.get_field(name).verbose_name)) for name in ("summary", *entry.text_fields)}
    return {WHOLE: _("The entry as a whole"), **texts}


FORMS: Final[dict[str, type[forms.Form]]] = {
    rules.APPROVE: ApproveForm,
    rules.ASK: AskForm,
    rules.REFUSE: RefuseForm,
}


def form_for(action: str) -> type[forms.Form]:
    """The form of an action."""
    return FORMS.get(action, ActionForm)
