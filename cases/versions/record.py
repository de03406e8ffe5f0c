"""An entry as a record: the keys and values that import reads, so that a version can be read without this software."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from cases.exchange.schema import SCHEMAS, Field
from cases.models import EntryPage
from cases.term_fields import TERM_FIELDS
from cases.terms import TermRow, current_terms

_PARAGRAPH: Final = re.compile(r"</(?:p|h\d|li|ul|ol|blockquote)>")
_BREAK: Final = re.compile(r"<br\s*/?>")
_TAG: Final = re.compile(r"<[^>]*>")
_GAP: Final = re.compile(r"\n{3,}")
_TOOL: Final = re.compile(r"^(?P<name>.*) \((?P<licence>[^()]*)\)$")
_NOT_HELD: Final = frozenset({"translations", "records"})
"""Keys whose values are other entries: these have versions of their own."""


def record_of(entry: EntryPage) -> dict[str, Any]:
    """The record of `entry` as it stands in memory; a translation gives its texts only."""
    head = {"kind": entry.kind, "reference": entry.reference, "language": entry.locale.language_code}
    if entry.is_translation:
        return head | {name: plain_text(getattr(entry, name)) for name in ("title", "summary", *entry.text_fields)}
    fields = [field for field in SCHEMAS[entry.kind] if field.shape not in _NOT_HELD]
    return head | {field.key: _value(entry, field) for field in fields}


def plain_text(rich: str) -> str:
    """A rich text as import reads it: an empty line parts paragraphs."""
    text = _TAG.sub("", _BREAK.sub("\n", _PARAGRAPH.sub("\n\n", rich or "")))
    return _GAP.sub("\n\n", html.unescape(text)).strip()


def _value(entry: EntryPage, field: Field) -> Any:
    if field.target in _GETTERS:
        return _GETTERS[field.target](entry, field)
    if field.target in TERM_FIELDS:
        names = [_name(term, field) for term in entry.chosen(field.target)]
        return names if field.shape == "terms" else next(iter(names), None)
    value = getattr(entry, field.target)
    return plain_text(value) if field.shape == "text" else value


def _name(term: TermRow, field: Field) -> Any:
    return term.code if field.named_by == "code" else term.facts.get(field.named_by, term.code)


def _code(pk: int) -> str:
    return current_terms().resolve(pk).code


def _rows(entry: EntryPage, relation: str) -> list[Any]:
    rows: list[Any] = getattr(entry, relation).get_object_list()
    return rows


def _plain_rows(relation: str, names: Mapping[str, str]) -> Callable[[EntryPage, Field], list[dict[str, Any]]]:
    """Rows whose values are stored as records give them; `names` are attributes by key."""

    def get(entry: EntryPage, _field: Field) -> list[dict[str, Any]]:
        return [{key: getattr(row, name) for key, name in names.items()} for row in _rows(entry, relation)]

    return get


def _organisation(organisation: Any) -> dict[str, Any] | None:
    return {"name": organisation.name, "type": _code(organisation.type_id)} if organisation else None


def _partners(entry: EntryPage, _field: Field) -> list[dict[str, Any]]:
    rows = _rows(entry, "partnerships")
    return [
        {**(_organisation(row.organisation) or {}), "role": _code(row.role_id), "role_note": row.note} for row in rows
    ]


def _stages(entry: EntryPage, field: Field) -> Any:
    levels = {_code(row.stage_id): row.level for row in _rows(entry, "stage_levels")}
    return levels if field.shape == "levels" else list(levels)


def _scores(entry: EntryPage, _field: Field) -> dict[str, Any]:
    rows = _rows(entry, "quality_scores")
    return {_code(row.dimension_id): {"score": row.score, "note": row.evidence} for row in rows}


def _checks(entry: EntryPage, _field: Field) -> list[dict[str, Any]]:
    return [{"dimension": _code(row.dimension_id), "check": row.check_text} for row in _rows(entry, "quality_checks")]


def _tools(entry: EntryPage, field: Field) -> Any:
    tools: Iterable[str] = getattr(entry, field.target)
    if field.shape != "objects":
        return list(tools)
    found = [(tool, _TOOL.match(tool)) for tool in tools]
    return [match.groupdict() if match else {"name": tool} for tool, match in found]


def _basis(entry: EntryPage, _field: Field) -> dict[str, str]:
    keys = {field.target: field.key for field in SCHEMAS[entry.kind]}
    return {keys.get(target, target): basis for target, basis in entry.basis.items()}


_GETTERS: Final[Mapping[str, Callable[[EntryPage, Field], Any]]] = {
    "tags": lambda entry, _field: sorted(row.tag.name for row in _rows(entry, "tagged_items")),
    "lead_organisation": lambda entry, _field: _organisation(getattr(entry, "lead_organisation", None)),
    "partnerships": _partners,
    "stage_levels": _stages,
    "quality_scores": _scores,
    "official_uses": lambda entry, _field: [_code(row.use_id) for row in _rows(entry, "official_uses")],
    "sources": _plain_rows("sources", {"title": "title", "publisher": "publisher", "year": "year", "link": "link"}),
    "steps": _plain_rows("steps", {"title": "title", "text": "text", "who": "who", "time": "time"}),
    "quality_checks": _checks,
    "tools": _tools,
    "basis": _basis,
}
"""Targets that are more than an attribute or a choice of terms."""
