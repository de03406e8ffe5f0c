"""What must hold between the keys of one record, and between records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from cases.exchange.problems import found_as, listed, shown
from cases.exchange.schema import SCHEMAS
from cases.exchange.stories import check_markup, check_story
from cases.models import CaseStudyPage, EntryPage, MethodPage
from cases.provisions import goal_of
from cases.term_fields import Kind
from cases.terms import TermRow
from core.text import tokens

if TYPE_CHECKING:
    from cases.exchange.reading import Record


MODELS: Final[Mapping[Kind, type[EntryPage]]] = {"case": CaseStudyPage, "method": MethodPage}


def folded(name: str) -> str:
    """The name of an organisation without case, accents and punctuation: equal ones are one organisation."""
    return " ".join(tokens(name))


def organisations(record: Record) -> list[tuple[str, dict[str, Any]]]:
    """Path and value of each organisation that a record names."""
    own = ("lead_organisation", "owner_organisation")
    named = [(key, record.values[key]) for key in own if record.values.get(key)]
    partners = record.values.get("partners") or ()
    return named + [(f"partners[{n}]", partner) for n, partner in enumerate(partners, 1)]


def check_record(record: Record) -> None:
    """Note what contradicts itself within one record."""
    if record.kind == "case":
        _check_years(record)
        _check_mark(record)
        _check_goals(record)
    _check_basis(record)
    _check_steps(record)


def check_draft(record: Record) -> None:
    """Note what contradicts itself within a record that becomes a draft; what it lacks is told by the gaps."""
    if record.kind == "case":
        _check_years(record)
    _check_basis(record)
    _check_steps(record)
    _check_texts(record)


def check_all(records: Iterable[Record]) -> None:
    """Note what records contradict each other in."""
    records = list(records)
    _check_ids(records)
    _check_related(records)
    _check_organisations(records)


def _check_years(record: Record) -> None:
    start, end = record.values.get("start_year"), record.values.get("end_year")
    if start and end and end < start:
        record.place.wrong("end_year", found_as(end), _("%(year)s or later, or null") % {"year": start})


def _check_texts(record: Record) -> None:
    """Note rich texts whose markup may not stand here, and stories that cannot be."""
    names = {*MODELS[record.kind].text_fields}
    stories = [("story", record.values.get("story"))]
    texts = [(name, record.values.get(name)) for name in names]
    for language, values in (record.values.get("translations") or {}).items():
        stories.append((f"translations.{language}.story", values.get("story")))
        texts += [(f"translations.{language}.{name}", values.get(name)) for name in names]
    for path, text in texts:
        if text:
            check_markup(record.place, path, text)
    for path, blocks in stories:
        if blocks:
            check_story(record.place, path, blocks)


def _check_mark(record: Record) -> None:
    sensitive, reason = record.values.get("sensitive"), record.values.get("sensitive_reason")
    if sensitive and not reason:
        record.place.wrong("sensitive_reason", found_as(reason), "a sentence, because sensitive is true")
    if sensitive is False and reason:
        record.place.wrong("sensitive_reason", found_as(reason), "null, because sensitive is false")


def _check_goals(record: Record) -> None:
    goals = {term.facts["number"] for term in record.values.get("sdgs") or ()}
    for target in record.values.get("targets") or ():
        head = target.split(".", maxsplit=1)[0]
        if head.isdigit() and goal_of(target) not in goals:
            record.place.wrong("targets", f"holds {shown(target)}", f"targets of the goals in sdgs: {sorted(goals)}")


def _check_basis(record: Record) -> None:
    keys = [field.key for field in SCHEMAS[record.kind] if field.key != "basis"]
    for key in record.values.get("basis") or ():
        if key not in keys:
            record.place.wrong("basis", _("holds %(value)s") % {"value": shown(key)}, listed(keys, key))


def _check_steps(record: Record) -> None:
    if "steps" not in record.values:
        return
    steps = record.values["steps"] or ()
    for language, texts in (record.values.get("translations") or {}).items():
        translated = texts.get("steps")
        if translated is not None and len(translated) != len(steps):
            path = f"translations.{language}.steps"
            allowed = _("%(number)s, as in the original") % {"number": len(steps)}
            record.place.wrong(path, _("holds %(value)s") % {"value": len(translated)}, allowed)


def _check_ids(records: list[Record]) -> None:
    first: dict[str, Record] = {}
    for record in records:
        other = first.setdefault(record.id, record)
        if other is not record and record.id:
            found = f"stands already in {other.place.file}, {other.place.record}"
            record.place.wrong("id", found, "an id that no other record has")


def _check_related(records: list[Record]) -> None:
    cases = [record.id for record in records if record.kind == "case"]
    for record in records:
        for number, case_id in enumerate(record.values.get("related_cases") or (), 1):
            if case_id not in cases:
                record.place.wrong(f"related_cases[{number}]", found_as(case_id), listed(cases, case_id))


def _check_organisations(records: list[Record]) -> None:
    first: dict[str, tuple[TermRow, Record]] = {}
    for record in records:
        for path, value in organisations(record):
            if not value.get("name") or not value.get("type"):
                continue
            kind, other = first.setdefault(folded(value["name"]), (value["type"], record))
            if kind != value["type"]:
                found = f"is “{value['type'].code}”, but {other.place.record} says “{kind.code}”"
                record.place.wrong(f"{path}.type", found, "the same type for the same organisation")
