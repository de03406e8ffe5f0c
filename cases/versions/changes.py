"""Which fields differ between two revisions, found when the later one is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from modelcluster.models import get_all_child_relations

from cases.models import EntryPage
from cases.term_fields import TERM_FIELDS

PLAIN: Final = ("title", "slug")
TERMS: Final = "terms"
ROW_KEYS: Final = frozenset({"pk", "entry", "content_object", "sort_order"})
HIDDEN: Final = frozenset(
    {"consent_record", "risk_assessment", "external_id", "basis", "reference", "team", "original"}
)
"""Fields that no visitor sees."""


def changed_fields(entry_class: type[EntryPage], before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Names of the fields and child rows that differ, in the order of the model; terms as `terms.{field}`."""
    names = [name for name in _fields(entry_class) if before.get(name) != after.get(name)]
    for name in _relations(entry_class):
        old, new = _rows(before, name), _rows(after, name)
        if name == TERMS:
            names += [f"{TERMS}.{field}" for field in TERM_FIELDS if _of(old, field) != _of(new, field)]
        elif old != new:
            names.append(name)
    return names


def labels(entry_class: type[EntryPage], names: Iterable[str]) -> list[str]:
    """The names of changed fields in the reader's language; those that are no longer known left out."""
    found = (_label(entry_class, name) for name in names)
    return list(dict.fromkeys(capfirst(str(label)) for label in found if label))


def _fields(entry_class: type[EntryPage]) -> list[str]:
    own = [field.name for field in entry_class._meta.concrete_fields if field.model._meta.app_label == "cases"]
    return [*PLAIN, *(name for name in own if not name.endswith("_ptr") and name not in HIDDEN)]


def _relations(entry_class: type[EntryPage]) -> list[str]:
    relations = get_all_child_relations(entry_class)
    return [r.get_accessor_name() for r in relations if r.related_model._meta.app_label == "cases"]


def _rows(content: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if key not in ROW_KEYS} for row in content.get(name) or ()]


def _of(rows: Iterable[Mapping[str, Any]], field: str) -> list[Any]:
    return [row.get("term") for row in rows if row.get("field") == field]


def _label(entry_class: type[EntryPage], name: str) -> str | Promise:
    if name.startswith(f"{TERMS}."):
        field = TERM_FIELDS.get(name.removeprefix(f"{TERMS}."))
        return field.label if field else ""
    if name in {"stage_levels", "tagged_items"}:
        return _("Participation by stage") if name == "stage_levels" else _("Tags")
    relations = {r.get_accessor_name(): r.related_model for r in get_all_child_relations(entry_class)}
    if name in relations:
        return relations[name]._meta.verbose_name_plural
    known = {field.name: field for field in entry_class._meta.concrete_fields}
    return known[name].verbose_name if name in known else ""
