"""Bulk actions on drafts: more terms, more tags. Each saves one new draft; nothing that is public changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.models import Page, Revision

from cases.desk.bulk.actions import BulkRefusedError, State, Values, Work
from cases.forms.terms import TermsField
from cases.models import EntryPage
from cases.people import is_editor
from cases.term_fields import TERM_FIELDS, TermField, fields_of

OFFERED = ("themes", "population_groups", "sdgs", "collection_methods", "data_types")
MOST_TAGS = 10
LONGEST_TAG = 100


class TermsForm(forms.Form):
    """Terms and tags to add; at least one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in OFFERED:
            self.fields[name] = TermsField(TERM_FIELDS[name].vocabulary, label=TERM_FIELDS[name].label)
        self.fields["tags"] = forms.CharField(
            label=gettext_lazy("Tags"),
            required=False,
            max_length=500,
            help_text=gettext_lazy("With commas in between."),
        )

    def clean_tags(self) -> list[str]:
        """The tags one by one."""
        tags = list(dict.fromkeys(" ".join(tag.split()) for tag in self.cleaned_data["tags"].split(",") if tag.strip()))
        if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
            limits = {"most": MOST_TAGS, "length": LONGEST_TAG}
            raise ValidationError(_("At most %(most)d tags of at most %(length)d letters.") % limits)
        return tags

    def clean(self) -> dict[str, Any]:
        """Something has to be added."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in (*OFFERED, "tags")):
            raise ValidationError(_("Choose at least one term or tag."))
        return cleaned


class AddTerms(Work):
    """Add terms and tags to the drafts of several entries."""

    name = "add-terms"
    label = gettext_lazy("Add terms or tags")
    question = gettext_lazy("Add terms or tags to the drafts of these entries?")
    warning = gettext_lazy(
        "Each entry gets a new draft by you. As one of its authors you can then not approve it yourself."
    )
    order = 30
    form_class = TermsForm
    log_action = "cases.bulk.add_terms"

    def may(self, user: Any) -> bool:
        return is_editor(user)

    def refusal(self, user: Any, item: EntryPage) -> str:
        if item.original_id or item.alias_of_id:
            return _("Terms stand on the original, which this page only translates or mirrors.")
        if item.locked and item.locked_by_id != user.pk:
            return _("The entry is locked.")
        if item.current_workflow_state:
            return _("The entry is on its way through moderation.")
        return ""

    def state(self, item: EntryPage) -> State:
        """The newest draft says it all: whatever else is edited makes another one."""
        return {
            "revision": item.latest_revision_id,
            "written": item.latest_revision_created_at.isoformat() if item.latest_revision_created_at else "",
            "unpublished": item.has_unpublished_changes,
            "live": item.live,
            "live_revision": item.live_revision_id,
        }

    def apply(self, user: Any, item: EntryPage, values: Values) -> None:
        draft: EntryPage = item.specific.get_latest_revision_as_object()
        changed = [self._choose(draft, field, values[field.name]) for field in _fields(draft) if values[field.name]]
        changed.append(_tag(draft, values["tags"]))
        if not any(changed):
            raise BulkRefusedError(_("The entry has all of these already, or is of a kind that has no such terms."))
        draft.save_revision(user=user, log_action=True)

    def restore(self, user: Any, item: EntryPage, before: State) -> None:
        earlier = Revision.objects.filter(pk=before["revision"]).first()
        draft: EntryPage = earlier.as_object() if earlier else item.specific
        draft.save_revision(user=user, log_action="wagtail.revert", previous_revision=earlier)
        if not before["unpublished"]:
            # The draft is what is public again: nothing waits to be published.
            Page.objects.filter(pk=item.pk).update(has_unpublished_changes=False)

    def details(self, values: Values) -> str:
        labels = [str(term.label()) for name in OFFERED for term in values.get(name) or ()]
        return ", ".join([*labels, *values.get("tags", [])])

    def _choose(self, draft: EntryPage, field: TermField, wanted: Any) -> bool:
        """Add terms to a choice; raises `BulkRefusedError` when it takes no more."""
        chosen = draft.chosen(field.name)
        together = dict.fromkeys([*chosen, *wanted])
        if field.maximum and len(together) > field.maximum:
            limit = {"field": field.label, "most": field.maximum}
            raise BulkRefusedError(_("“%(field)s” takes at most %(most)d terms.") % limit)
        draft.choose(field.name, together)
        return len(together) > len(chosen)


def _fields(draft: EntryPage) -> Iterator[TermField]:
    return (field for field in fields_of(draft.kind) if field.name in OFFERED)


def _tag(draft: EntryPage, tags: list[str]) -> bool:
    known = {tag.name.casefold() for tag in draft.tags.all()}
    new = [tag for tag in tags if tag.casefold() not in known]
    if new:
        draft.tags.add(*new)
    return bool(new)
