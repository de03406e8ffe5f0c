"""The forms of the review: each decision carries the revision that was shown."""

from __future__ import annotations

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
    """Approval by an editor, at once or for a time."""

    go_live_at = forms.DateTimeField(
        label=_("Publish on"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Empty: as soon as nobody else has to approve. In your own time zone."),
    )

    def clean_go_live_at(self) -> Any:
        """A time that has passed would publish at once, which is better said by leaving it empty."""
        value = self.cleaned_data["go_live_at"]
        if self.add_prefix("go_live_at") not in self.data:
            return rules.KEEP
        if value is not None and value <= timezone.now():
            raise ValidationError(_("This time has passed. Leave it empty to publish at once."))
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
