"""The form of an entry: texts, terms, grids and child rows, saved as a draft with gaps or published without any."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modelcluster.models import get_all_child_relations
from wagtail.blocks.base import BlockWidget

from accounts.roles import ETHICS
from cases.forms.broken import BrokenFormError
from cases.forms.choosers import share_known
from cases.forms.grids import DIMENSIONS, STAGES, LevelsField, ScoresField
from cases.forms.terms import TermsField
from cases.gates import Gap, Moment, gaps, is_blank
from cases.rows import replace_rows
from cases.term_fields import TERM_FIELDS, Kind, fields_of
from cases.terms import current_terms
from core.access.choices import KnowingPageForm

ALWAYS: Final = ("title", "summary", "slug", "story", "seo_title", "search_description", "go_live_at", "expire_at",
                 "comment_notifications")  # fmt: skip
"""What a translation has of its own, beside `text_fields`."""
OWN_ROWS: Final = ("steps", "comments")


def _declared(kind: Kind) -> dict[str, forms.Field]:
    return {
        field.name: TermsField(field.vocabulary, single=field.single, label=field.label, help_text=field.help_text)
        for field in fields_of(kind)
    }


class EntryForm(KnowingPageForm):
    """What the forms of cases and methods share."""

    kind: ClassVar[Kind]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _read_rows(kwargs.get("instance"))
        super().__init__(*args, **kwargs)
        self.gaps_found: tuple[Gap, ...] = ()
        if self.instance.is_translation:
            self._keep_texts_only()
        else:
            self._start_terms()
            self._start_grids()
        share_known(self._row_formsets().values())

    def is_valid(self) -> bool:
        """Bad values are errors always; gaps are errors unless a draft is saved."""
        valid: bool = super().is_valid()
        if valid and not self.is_deferred_validation:
            self._take_rows()
            publishing = "action-publish" in self.data
            self.gaps_found = tuple(gaps(self.instance, Moment.PUBLISHING if publishing else Moment.SUBMITTING))
            self._tell(self.gaps_found)
            valid = not self.gaps_found
        return valid

    def clean(self) -> dict[str, Any]:
        """Store an empty text as none: the editor of rich text sends an empty paragraph."""
        cleaned: dict[str, Any] = super().clean()
        for name in self.instance.text_fields:
            if name in cleaned and is_blank(cleaned[name]):
                cleaned[name] = ""
        return cleaned

    def clean_go_live_at(self) -> datetime | None:
        """An embargo ends in the future; one that has passed meanwhile may stay."""
        value: datetime | None = self.cleaned_data["go_live_at"]
        if value is not None and value <= timezone.now() and not _same_minute(value, self.initial.get("go_live_at")):
            raise ValidationError(_("This time has passed. Leave it empty if there is no embargo."))
        return value

    def clean_sensitive(self) -> bool:
        """Only ethics moderators take the mark away, also when an older version without it is brought back."""
        wanted = bool(self.cleaned_data["sensitive"])
        if not wanted and self._was_sensitive() and not may_clear_mark(self.for_user):
            raise ValidationError(_("Only an ethics moderator may take the mark “sensitive” away."))
        return wanted

    def _post_clean(self) -> None:
        super()._post_clean()
        for name in self.changed_data:
            if name in self.cleaned_data and name in TERM_FIELDS:
                self._choose(name)
        if "participation" in self.changed_data and "participation" in self.cleaned_data:
            self._set_stages(self.cleaned_data["participation"])

    def _widget_data_value(self, widget: forms.Widget, html_name: str) -> Any:
        """Blocks of a story are sent in many parts; Wagtail fails where one is missing or no number."""
        try:
            return super()._widget_data_value(widget, html_name)
        except (KeyError, ValueError) as error:
            if isinstance(widget, BlockWidget):
                raise BrokenFormError from error
            raise

    def _choose(self, name: str) -> None:
        """Take the choice over; what was chosen before keeps its order, what is new comes after it."""
        chosen = self.cleaned_data[name]
        before = [term for term in self.instance.chosen(name) if term in chosen]
        self.instance.choose(name, [*before, *chosen])

    def _set_stages(self, value: Any) -> None:
        """Write the field `participation` to the child rows."""
        raise NotImplementedError

    def _start_terms(self) -> None:
        for name, field in self.fields.items():
            if isinstance(field, TermsField) and name in TERM_FIELDS:
                codes = [term.code for term in self.instance.chosen(name)]
                self.initial[name] = codes
                field.keep(codes)

    def _start_grids(self) -> None:
        """Fill the fixed grids from the child rows."""
        raise NotImplementedError

    def _keep_texts_only(self) -> None:
        """Everything but its texts a translation takes from its original."""
        kept = {*ALWAYS, *self.instance.text_fields}
        for name in set(self.fields) - kept:
            del self.fields[name]
        for name in [name for name in self.formsets if name not in OWN_ROWS]:
            del self.formsets[name]

    def _row_formsets(self) -> dict[str, Any]:
        return {name: formset for name, formset in self.formsets.items() if not name.endswith("comments")}

    def _take_rows(self) -> None:
        """Bring the child rows into the entry in memory, as saving will do once more."""
        for formset in self._row_formsets().values():
            formset.instance = self.instance
            formset.save(commit=False)

    def _tell(self, found: Iterable[Gap]) -> None:
        for gap in found:
            error = ValidationError(str(gap), code="gap")
            if gap.field in self.formsets:
                self.formsets[gap.field].non_form_errors().append(error)
                self.add_error(None, error)
            else:
                self.add_error(gap.field if gap.field in self.fields else None, error)

    def _was_sensitive(self) -> bool:
        if self.instance.pk is None:
            return False
        latest = self.instance.get_latest_revision()
        stored = type(self.instance)._default_manager.filter(pk=self.instance.pk, sensitive=True)
        return bool(self.initial.get("sensitive") or (latest and latest.content.get("sensitive")) or stored.exists())


class CaseForm(EntryForm):
    """The form of a case study."""

    kind = "case"
    participation = LevelsField()
    quality = ScoresField()
    locals().update(_declared("case"))

    def _start_grids(self) -> None:
        terms = current_terms()
        self.initial["participation"] = {code: str(level) for code, level in self.instance.levels().items()}
        self.initial["quality"] = {
            terms.resolve(row.dimension_id).code: {"score": str(row.score), "evidence": row.evidence}
            for row in self.instance.quality_scores.get_object_list()
        }

    def _post_clean(self) -> None:
        super()._post_clean()
        if "quality" in self.changed_data and "quality" in self.cleaned_data:
            self._set_scores(self.cleaned_data["quality"])

    def _set_stages(self, value: dict[str, int]) -> None:
        rows = [{"stage_id": _key(STAGES, code), "level": level} for code, level in value.items()]
        replace_rows(self.instance, "stage_levels", rows, key="stage_id")

    def _set_scores(self, value: dict[str, tuple[int, str]]) -> None:
        rows = [
            {"dimension_id": _key(DIMENSIONS, code), "score": score, "evidence": evidence}
            for code, (score, evidence) in value.items()
        ]
        replace_rows(self.instance, "quality_scores", rows, key="dimension_id")


class MethodForm(EntryForm):
    """The form of a method, which covers stages without a level."""

    kind = "method"
    participation = TermsField(STAGES, label=_("Stages covered"), help_text=_("Where in the work the method serves."))
    locals().update(_declared("method"))

    def _start_grids(self) -> None:
        terms = current_terms()
        codes = [terms.resolve(row.stage_id).code for row in self.instance.stage_levels.get_object_list()]
        self.initial["participation"] = codes
        self.fields["participation"].keep(codes)

    def _set_stages(self, value: Iterable[Any]) -> None:
        rows = [{"stage_id": stage.id, "level": None} for stage in value]
        replace_rows(self.instance, "stage_levels", rows, key="stage_id")


def _read_rows(entry: Any) -> None:
    """Bring all child rows into memory, once: formsets, grids, gaps and completeness all read them."""
    if entry is not None:
        for relation in get_all_child_relations(entry):
            getattr(entry, relation.get_accessor_name()).get_object_list()


def may_clear_mark(user: Any) -> bool:
    """Whether this account may say that a case is not sensitive (any more)."""
    return user is not None and (user.is_superuser or user.groups.filter(name=ETHICS).exists())


def _same_minute(one: datetime, other: datetime | None) -> bool:
    """Whether a field that shows minutes shows both alike."""
    return other is not None and one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)


def _key(vocabulary: str, code: str) -> int | None:
    term = current_terms().find(vocabulary, code)
    return term.id if term else None
