"""Bringing the values of a record into a page in memory; the page is saved elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import models

from wagtail.fields import RichTextField

from cases.exchange import organisations
from cases.exchange.markup import to_html, to_text
from cases.exchange.organisations import Organisations
from cases.exchange.reading import Record
from cases.exchange.schema import SCHEMAS, Field
from cases.models import EntryPage, EntryTag, MethodPage, Tag
from cases.rows import replace_rows
from cases.term_fields import TERM_FIELDS
from cases.terms import TermRow
from core.models import File, Picture


@dataclass(frozen=True, slots=True)
class Known:
    """What records name and the database holds: organisations by folded name, methods by their external key.

    Files and pictures are known by the checksum of their content. Tags are known by their name in small letters; None
    lets the page find or make its own.
    """

    organisations: Organisations
    methods: Mapping[str, MethodPage]
    files: Mapping[str, File] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    tags: Mapping[str, Tag] | None = None


def fill(page: EntryPage, record: Record, known: Known) -> None:
    """Set everything that the record gives; keys that it lacks leave the page as it is."""
    for declared in SCHEMAS[record.kind]:
        if declared.key in record.values and declared.shape not in {"translations", "records"}:
            _set(page, declared, record.values[declared.key], known)
    if record.kind == "case" and record.methods is not None:
        links = [{"method_id": known.methods[key].pk} for key in record.methods]
        replace_rows(page, "method_links", links, key="method_id")


def fill_translation(page: EntryPage, texts: Mapping[str, Any], known: Known | None = None) -> None:
    """Set the texts of a translation; those that are not given become empty, so that the original is shown.

    With `known`, those that are not given stay as they are.
    """
    for name in ("title", "summary", *page.text_fields):
        if known is None or name in texts:
            _set_text(page, name, texts.get(name, ""))
    if isinstance(page, MethodPage) and (known is None or "steps" in texts):
        replace_rows(page, "steps", texts.get("steps") or ())
    for name in ("slug", "seo_title", "search_description"):
        if texts.get(name) is not None:
            setattr(page, name, texts[name])
    if known is not None and "story" in texts:
        _set_story(page, texts["story"], known)


def _set(page: EntryPage, field: Field, value: Any, known: Known) -> None:
    if field.target in SETTERS:
        SETTERS[field.target](page, EMPTY.get(field.shape) if value is None else value, known)
    elif field.target in TERM_FIELDS:
        page.choose(field.target, (value,) if isinstance(value, TermRow) else value or ())
    elif field.shape == "lines":
        setattr(page, field.target, list(value or ()))
    elif field.shape == "flag":
        setattr(page, field.target, bool(value))
    elif field.target != "slug" or value:  # an address is made where none is given
        _set_text(page, field.target, value)


def _set_text(page: EntryPage, name: str, value: Any) -> None:
    """Set a plain attribute; null becomes the empty text where the column holds text."""
    column = page._meta.get_field(name)
    if isinstance(column, RichTextField):
        before = getattr(page, name)
        # What says the same is kept as it is, with the keys of its paragraphs to which comments point.
        value = before if before and to_text(before) == (value or "") else to_html(value or "")
    elif value is None and isinstance(column, (models.CharField, models.TextField)):
        value = ""
    setattr(page, name, value)


def _set_tags(page: EntryPage, value: Iterable[str], known: Known) -> None:
    if known.tags is None:
        page.tags.set(value)
        return
    kept = {row.tag_id: row for row in page.tagged_items.get_object_list()}
    tags = {tag.pk: tag for tag in (known.tags[name.lower()] for name in value)}
    page.tagged_items = [kept.get(pk) or EntryTag(tag=tag) for pk, tag in tags.items()]


def _set_lead(page: EntryPage, value: Mapping[str, Any] | None, known: Known) -> None:
    page.lead_organisation = organisations.of(value, known.organisations) if value else None


def _set_owner(page: EntryPage, value: Mapping[str, Any] | None, known: Known) -> None:
    page.owner_organisation = organisations.of(value, known.organisations) if value else None


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


def _set_uses(page: EntryPage, value: Iterable[Mapping[str, Any]], _known: Known) -> None:
    rows = [
        {
            "use_id": use["use"].id,
            "evidence": use.get("evidence") or "",
            "year": use.get("year"),
            "link": use.get("link") or "",
        }
        for use in value
    ]
    once = len({row["use_id"] for row in rows}) == len(rows)
    replace_rows(page, "official_uses", rows, key="use_id" if once else "")


def _set_sources(page: EntryPage, value: Iterable[Mapping[str, Any]], _known: Known) -> None:
    replace_rows(page, "sources", value)


def _set_attachments(page: EntryPage, value: Iterable[Mapping[str, Any]], known: Known) -> None:
    """Rows whose file is not here are left out: the reader has told so."""
    rows = [
        {
            "file_id": known.files[row["sha1"]].pk,
            "title": row["title"],
            "description": row.get("description") or "",
            "kind_id": row["kind"].id,
            "access_level_id": row["access_level"].id,
            "licence_id": row["licence"].id if row.get("licence") else None,
            "public_from": row.get("public_from"),
        }
        for row in value
        if row["sha1"] in known.files
    ]
    replace_rows(page, "attachments", rows)


def _set_cover(page: EntryPage, value: Mapping[str, Any] | None, known: Known) -> None:
    page.cover = known.pictures.get(value["sha1"], page.cover) if value else None


def _set_story(page: EntryPage, value: Iterable[Mapping[str, Any]] | None, known: Known) -> None:
    """What says the same stays as it is, with the keys of its blocks."""
    from cases.exchange.stories import same_story, story_of

    if not same_story(page.story, value or ()):
        page.story = story_of(value or (), known.files, known.pictures)


def _set_steps(page: EntryPage, value: Iterable[Mapping[str, Any]], _known: Known) -> None:
    replace_rows(page, "steps", value)


def _set_checks(page: EntryPage, value: Iterable[Mapping[str, Any]], _known: Known) -> None:
    rows = [{"dimension_id": row["dimension"].id, "check_text": row["check"]} for row in value]
    replace_rows(page, "quality_checks", rows)


def _set_tools(page: EntryPage, value: Iterable[Mapping[str, Any]], _known: Known) -> None:
    """Write each tool as “name (licence)”; a case has plain names."""
    if not isinstance(page, MethodPage):
        page.tools = list(value)
        return
    page.tools = [f"{tool['name']} ({tool['licence']})" if tool.get("licence") else tool["name"] for tool in value]


def _set_basis(page: EntryPage, value: Mapping[str, str], _known: Known) -> None:
    """Store the basis under the page's own names of the fields."""
    targets = {field.key: field.target for field in SCHEMAS[page.kind]}
    page.basis = {targets[key]: basis for key, basis in value.items()}


SETTERS: Final[Mapping[str, Callable[[EntryPage, Any, Known], None]]] = {
    "tags": _set_tags,
    "lead_organisation": _set_lead,
    "owner_organisation": _set_owner,
    "attachments": _set_attachments,
    "cover": _set_cover,
    "story": _set_story,
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

EMPTY: Final[Mapping[str, Any]] = {
    "lines": (), "objects": (), "uses": (), "terms": (), "levels": {}, "scores": {}, "basis": {}, "story": (),
}  # fmt: skip
"""What null stands for, by shape; for all others nothing."""
