"""Bringing the values of a record into a page in memory; the page is saved elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.utils.html import escape

from wagtail.fields import RichTextField

from cases.exchange import organisations
from cases.exchange.organisations import Organisations
from cases.exchange.reading import Record
from cases.exchange.schema import SCHEMAS, Field
from cases.models import EntryPage, MethodPage
from cases.rows import replace_rows
from cases.term_fields import TERM_FIELDS
from cases.terms import TermRow


@dataclass(frozen=True, slots=True)
class Known:
    """What records name and the database holds: organisations by folded name, methods by their external key."""

    organisations: Organisations
    methods: Mapping[str, MethodPage]


def fill(page: EntryPage, record: Record, known: Known) -> None:
    """Set everything that the record gives; keys that it lacks leave the page as it is."""
    for field in SCHEMAS[record.kind]:
        if field.key in record.values and field.shape not in {"translations", "records"}:
            _set(page, field, record.values[field.key], known)
    if record.kind == "case":
        links = [{"method_id": known.methods[key].pk} for key in record.methods]
        replace_rows(page, "method_links", links, key="method_id")


def fill_translation(page: EntryPage, texts: Mapping[str, Any]) -> None:
    """Set the texts of a translation; those that are not given become empty, so that the original is shown."""
    for name in ("title", "summary", *page.text_fields):
        _set_text(page, name, texts.get(name, ""))
    if isinstance(page, MethodPage):
        replace_rows(page, "steps", texts.get("steps", ()))


def paragraphs(text: str) -> str:
    """Plain text as rich text: an empty line parts paragraphs, a single one breaks the line; tags are only text."""
    parts = [part.strip() for part in "\n".join(text.splitlines()).split("\n\n")]
    return "".join(f"<p>{escape(part).replace(chr(10), '<br/>')}</p>" for part in parts if part)


def _set(page: EntryPage, field: Field, value: Any, known: Known) -> None:
    if field.target in SETTERS:
        SETTERS[field.target](page, value, known)
    elif field.target in TERM_FIELDS:
        page.choose(field.target, (value,) if isinstance(value, TermRow) else value)
    elif field.shape == "lines":
        setattr(page, field.target, list(value))
    else:
        _set_text(page, field.target, value)


def _set_text(page: EntryPage, name: str, value: Any) -> None:
    """Set a plain attribute; null becomes the empty text where the column holds text."""
    column = page._meta.get_field(name)
    if isinstance(column, RichTextField):
        value = paragraphs(value)
    elif value is None and isinstance(column, (models.CharField, models.TextField)):
        value = ""
    setattr(page, name, value)


def _set_tags(page: EntryPage, value: Iterable[str], _known: Known) -> None:
    page.tags.set(value)


def _set_lead(page: EntryPage, value: Mapping[str, Any], known: Known) -> None:
    page.lead_organisation = organisations.of(value, known.organisations)


def _set_partners(page: EntryPage, value: Iterable[Mapping[str, Any]], known: Known) -> None:
    rows = [
        {
            "organisation_id": organisations.of(partner, known.organisations).pk,
            "role_id": partner["role"].id,
            "note": partner.get("role_note", ""),
        }
        for partner in value
    ]
    replace_rows(page, "partnerships", rows)


def _set_levels(page: EntryPage, value: Mapping[TermRow, int] | Iterable[TermRow], _known: Known) -> None:
    levels = value if isinstance(value, Mapping) else dict.fromkeys(value)
    rows = [{"stage_id": stage.id, "level": level} for stage, level in levels.items()]
    replace_rows(page, "stage_levels", rows, key="stage_id")


def _set_scores(page: EntryPage, value: Mapping[TermRow, Mapping[str, Any]], _known: Known) -> None:
    rows = [
        {"dimension_id": dimension.id, "score": score["score"], "evidence": score.get("note", "")}
        for dimension, score in value.items()
    ]
    replace_rows(page, "quality_scores", rows, key="dimension_id")


def _set_uses(page: EntryPage, value: Iterable[TermRow], _known: Known) -> None:
    replace_rows(page, "official_uses", [{"use_id": use.id} for use in value], key="use_id")


def _set_sources(page: EntryPage, value: Iterable[Mapping[str, Any]], _known: Known) -> None:
    replace_rows(page, "sources", value)


def _set_steps(page: EntryPage, value: Iterable[Mapping[str, Any]], _known: Known) -> None:
    replace_rows(page, "steps", value)


def _set_checks(page: EntryPage, value: Iterable[Mapping[str, Any]], _known: Known) -> None:
    rows = [{"dimension_id": row["dimension"].id, "check_text": row["check"]} for row in value]
    replace_rows(page, "quality_checks", rows)


def _set_tools(page: EntryPage, value: Iterable[Mapping[str, Any]], _known: Known) -> None:
    """Write each tool as “name (licence)”."""
    page.tools = [f"{tool['name']} ({tool['licence']})" if tool.get("licence") else tool["name"] for tool in value]


def _set_basis(page: EntryPage, value: Mapping[str, str], _known: Known) -> None:
    """Store the basis under the page's own names of the fields."""
    targets = {field.key: field.target for field in SCHEMAS[page.kind]}
    page.basis = {targets[key]: basis for key, basis in value.items()}


SETTERS: Final[Mapping[str, Callable[[EntryPage, Any, Known], None]]] = {
    "tags": _set_tags,
    "lead_organisation": _set_lead,
    "partnerships": _set_partners,
    "stage_levels": _set_levels,
    "quality_scores": _set_scores,
    "official_uses": _set_uses,
    "sources": _set_sources,
    "steps": _set_steps,
    "quality_checks": _set_checks,
    "tools": _set_tools,
    "basis": _set_basis,
}
"""Targets that are more than an attribute or a choice of terms."""
