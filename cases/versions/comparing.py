"""What changed between two versions, field by field, as visitors read them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from wagtail.rich_text import RichText

from cases.reading.view import EntryView
from cases.versions.record import plain_text

_WORD: Final = re.compile(r"[\u3400-\u9fff]|\w+|\s+|.", re.DOTALL)
Pairs = tuple[tuple[str, str], ...]
"""Values by a key that stays when only the label changes."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field as one version shows it: a text, or a list of values."""

    label: str
    language: str = ""
    text: str = ""
    values: Pairs = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: `kept`, `gone` or `new`."""

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs: pieces of a text, or of a list one piece a value."""

    label: str
    language: str
    is_list: bool
    pieces: tuple[Piece, ...]


def fields_of(view: EntryView) -> dict[str, Field]:
    """Every field that `view` shows, by name; call where the version's terms hold (`past.as_published`)."""
    found: dict[str, Field] = {}
    for name, text in (("title", view.title), ("summary", view.summary)):
        label = capfirst(str(view.entry._meta.get_field(name).verbose_name))
        found[name] = Field(label, text.language, str(text.html))
    for section in view.sections:
        found[section.name] = Field(
            capfirst(str(section.heading)), section.text.language, plain_text(str(section.text))
        )
    if story := _story(view.story):
        found["story"] = Field(_("Story"), view.story_text.language, story)
    for name, named, values in _lists(view):
        if values:
            found[name] = Field(capfirst(str(named)), values=values)
    return found


def changes(before: Mapping[str, Field], after: Mapping[str, Field]) -> list[Change]:
    """The fields that differ, those of `after` first in their order, then those that are gone."""
    names = dict.fromkeys([*after, *before])
    return [change for name in names if (change := _change(before.get(name), after.get(name)))]


def _change(before: Field | None, after: Field | None) -> Change | None:
    shown = after or before
    old, new = before or Field(""), after or Field("")
    if shown is None:
        return None
    if old.values or new.values:
        pieces = tuple(_values(dict(old.values), dict(new.values)))
        differs = any(piece.state != "kept" for piece in pieces)
        return Change(shown.label, shown.language, True, pieces) if differs else None
    if old.text == new.text:
        return None
    return Change(shown.label, shown.language, False, tuple(_words(old.text, new.text)))


def _values(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Piece]:
    yield from (Piece("kept" if key in old else "new", text) for key, text in new.items())
    yield from (Piece("gone", text) for key, text in old.items() if key not in new)


def _words(old: str, new: str) -> Iterator[Piece]:
    """Words that came and went; paragraphs that stayed are found first, which keeps long texts quick."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, came = "".join(before[a:b]), "".join(after[c:d])
        if tag == "equal":
            yield Piece("kept", gone)
        elif gone and came:
            yield from _inside(_WORD.findall(gone), _WORD.findall(came))
        else:
            yield Piece("gone" if gone else "new", gone or came)


def _inside(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield Piece("kept", "".join(old[a:b]))
            continue
        if gone := "".join(old[a:b]):
            yield Piece("gone", gone)
        if came := "".join(new[c:d]):
            yield Piece("new", came)


def _story(blocks: Iterable[Any]) -> str:
    return "\n\n".join(text for block in blocks if (text := _block(block)))


def _block(block: Any) -> str:
    value = block.value
    if isinstance(value, RichText):
        return plain_text(value.source)
    if block.block_type == "picture":
        return f"[{value['picture'].description}] {value['caption']}".strip()
    if block.block_type == "file":
        return str(value["title"])
    if block.block_type == "quote":
        return f"{value['text']} {value['attribution']}".strip()
    if block.block_type == "table":
        rows = [" | ".join(str(cell.value) for cell in row) for row in value.rows]
        return "\n".join([str(value.caption or ""), *rows]).strip()
    return str(value)


def _lists(view: Any) -> Iterator[tuple[str, str | Promise, Pairs]]:
    """Facts and tables, as names and values."""
    facts = [*view.column, *(fact for part in view.parts.values() for fact in part), *view.identity]
    for fact in facts:
        yield fact.name, fact.label, tuple((item.code or item.text, item.text) for item in fact.items)
    for name, label, rows in _tables(view):
        yield name, label, tuple((text, text) for text in rows if text)
    yield "tags", _("Tags"), tuple((tag.text, tag.text) for tag in view.tags)


def _tables(view: Any) -> Iterator[tuple[str, str, list[str]]]:
    yield "attachments", _("Files"), [f"{row.title} ({row.access.text})" for row in view.attachments]
    yield "sources", _("Sources"), [_line(row.title, row.publisher, row.year, row.link) for row in view.sources]
    yield "cover", _("Cover picture"), [view.cover.description] if view.cover else []
    if view.entry.kind == "method":
        yield "steps", _("Steps"), [_line(step.title, step.text, step.who, step.time) for step in view.steps]
        yield "checks", _("Quality checks"), [_line(check.dimension.text, check.text) for check in view.checks]
        return
    levels = [row for row in view.participation.rows if row.level]
    yield "participation", _("Participation"), [f"{row.stage.text}: {row.level}, {row.level_name}" for row in levels]
    yield "uses", _("Official uses"), [_line(row.use.text, row.evidence, row.year, row.link) for row in view.uses]
    scores = [row for group in view.quality for row in group.rows]
    yield "quality", _("Quality"), [_line(f"{row.dimension.text}: {row.score}", row.evidence) for row in scores]
    partners = [(role.role.text, partner) for role in view.partners for partner in role.partners]
    yield "partners", _("Partners"), [_line(f"{role}: {p.organisation.text}", p.note) for role, p in partners]
    yield "goals", _("Sustainable Development Goals"), [_goal(goal) for goal in view.goals]
    yield "norms", _("Human rights norms"), [f"{norm.instrument.text}: {_line(*norm.numbers)}" for norm in view.norms]
    yield "community", _("Community"), [view.community] if view.community else []
    yield "contact", _("Contact"), [view.contact] if view.contact else []


def _goal(goal: Any) -> str:
    numbers = (*goal.targets, *goal.indicators, *goal.possible_indicators)
    return f"{goal.number} {goal.item.text}" + (f": {_line(*numbers)}" if numbers else "")


def _line(*parts: Any) -> str:
    return ", ".join(str(part) for part in parts if part not in (None, "") and str(part))
