"""How two versions of an entry differ in its terms and grids, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from wagtail.admin.compare import FieldComparison, ForeignObjectComparison

from cases.terms import TermRow, current_terms

if TYPE_CHECKING:
    from cases.models.entries import EntryPage


class ValuesComparison:
    """Named values of two versions; a value that is gone and one that came are marked."""

    is_field = True
    is_child_relation = False

    def __init__(self, label: str | Promise, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        self.label = label
        self.before = before
        self.after = after

    def field_label(self) -> str:
        """The name of the field."""
        return str(self.label)

    def has_changed(self) -> bool:
        """Whether any value came, went or differs."""
        return self.before != self.after

    def htmldiff(self) -> SafeString:
        """A list: what stayed plainly, what went with −, what came with +."""
        lines = [line for name in dict.fromkeys([*self.before, *self.after]) for line in self._lines(name)]
        return format_html("<ul class='values-diff'>{}</ul>", format_html_join("", "<li{}>{}{}</li>", lines))

    def _lines(self, name: str) -> list[tuple[SafeString | str, str, str]]:
        before, after = self.before.get(name), self.after.get(name)
        if before == after:
            return [("", "", before or "")]
        lines: list[tuple[SafeString | str, str, str]] = []
        if before is not None:
            lines.append((SafeString(' class="deletion"'), "− ", before))
        if after is not None:
            lines.append((SafeString(' class="addition"'), "+ ", after))
        return lines


def compare_terms(name: str, label: str | Promise, before: EntryPage, after: EntryPage) -> ValuesComparison:
    """The terms chosen in one field."""
    return ValuesComparison(label, _chosen(before, name), _chosen(after, name))


def _chosen(entry: EntryPage, name: str) -> dict[str, str]:
    return {term.code: str(term.label()) for term in entry.chosen(name)}


def compare_stages(label: str | Promise, before: EntryPage, after: EntryPage) -> ValuesComparison:
    """The levels by stage."""
    return ValuesComparison(label, _stages(before), _stages(after))


def _stages(entry: EntryPage) -> dict[str, str]:
    rows = [(_term(row.stage_id), row.level) for row in entry.stage_levels.get_object_list()]
    return {stage.code: stage.label() if level is None else f"{stage.label()}: {level}" for stage, level in rows}


def compare_scores(label: str | Promise, before: Any, after: Any) -> ValuesComparison:
    """The scores and evidence by dimension."""
    return ValuesComparison(label, _scores(before), _scores(after))


def _scores(entry: Any) -> dict[str, str]:
    texts = {}
    for row in entry.quality_scores.get_object_list():
        dimension = _term(row.dimension_id)
        texts[dimension.code] = f"{dimension.label()}: {row.score}" + (f" ({row.evidence})" if row.evidence else "")
    return texts


def _term(pk: int) -> TermRow:
    return current_terms().resolve(pk)


class ListComparison(FieldComparison):
    """A list of short texts: which came and which went."""

    def htmldiff(self) -> SafeString:
        """As terms are compared."""
        before, after = ({item: item for item in value or ()} for value in (self.val_a, self.val_b))
        return ValuesComparison("", before, after).htmldiff()


class YesNoComparison(FieldComparison):
    """A tick, in words."""

    def htmldiff(self) -> SafeString:
        """What it was and what it is."""
        before, after = ({"": str(_("yes") if value else _("no"))} for value in (self.val_a, self.val_b))
        return ValuesComparison("", before, after).htmldiff()


class NumberComparison(FieldComparison):
    """A number, or none."""

    def htmldiff(self) -> SafeString:
        """What it was and what it is."""
        before, after = ({} if value is None else {"": str(value)} for value in (self.val_a, self.val_b))
        return ValuesComparison("", before, after).htmldiff()


class TermKeyComparison(ForeignObjectComparison):
    """A foreign key to a term, in the reader's language and without a query."""

    def get_objects(self) -> tuple[str | None, str | None]:
        """The labels of both values."""
        return _label(self.val_a), _label(self.val_b)


def _label(pk: int | None) -> str | None:
    return str(_term(pk).label()) if pk else None
