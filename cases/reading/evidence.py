"""What stands behind an entry: official uses, sources, goals and norms."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import CaseStudyPage, EntryPage
from cases.provisions import goal_of, parse_provision
from cases.reading.items import Item, of_term
from cases.reading.texts import Text
from cases.terms import TermRow, current_terms

OF_ARTICLES = frozenset({"treaty", "declaration"})
"""Kinds of instruments whose provisions are called articles."""


@dataclass(frozen=True, slots=True)
class Use:
    """One official use, with what shows it."""

    use: Item
    evidence: Text
    year: int | None
    link: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A public document."""

    title: Text
    publisher: Text
    year: int | None
    link: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A Sustainable Development Goal with the targets and indicators named under it."""

    number: int
    item: Item
    targets: tuple[str, ...]
    indicators: tuple[str, ...]
    possible_indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Norm:
    """An instrument of human rights and the numbers of its provisions; `unit` is what these are called."""

    instrument: Item
    year: int | None
    unit: str | Promise
    numbers: tuple[int, ...]


def uses(case: CaseStudyPage) -> tuple[Use, ...]:
    """The official uses, the most official ones first."""
    terms, language = current_terms(), case.locale.language_code
    rows = [(terms.resolve(row.use_id), row) for row in case.official_uses.get_object_list()]
    rows.sort(key=lambda pair: -pair[0].facts.get("rank", 0))
    return tuple(Use(of_term(use), Text(row.evidence, language), row.year, row.link) for use, row in rows)


def sources(entry: EntryPage) -> tuple[Reference, ...]:
    """The documents on which an entry rests."""
    source = entry.source
    language = source.locale.language_code
    rows = source.sources.get_object_list()
    return tuple(Reference(Text(r.title, language), Text(r.publisher, language), r.year, r.link) for r in rows)


def goals(case: CaseStudyPage) -> tuple[Goal, ...]:
    """The chosen goals, and those of which only a target or indicator is named, by number."""
    chosen = {term.facts.get("number", 0): term for term in case.chosen("sdgs")}
    named = {goal_of(value) for value in (*case.targets, *case.indicators, *case.possible_indicators)}
    every = {term.facts.get("number", 0): term for term in current_terms().of("sdgs", retired=True)}
    found = {**{number: every[number] for number in named if number in every}, **chosen}
    return tuple(_goal(case, number, found[number]) for number in sorted(found))


def _goal(case: CaseStudyPage, number: int, term: TermRow) -> Goal:
    named = (case.targets, case.indicators, case.possible_indicators)
    targets, indicators, possible = (tuple(v for v in values if goal_of(v) == number) for values in named)
    return Goal(number, of_term(term), targets, indicators, possible)


def norms(case: CaseStudyPage) -> tuple[Norm, ...]:
    """The provisions by instrument, in the order in which they were entered; those that cannot be read left out."""
    found: dict[TermRow, list[int]] = {}
    for value in case.provisions:
        if parsed := parse_provision(value):
            instrument, number = parsed
            found.setdefault(instrument, []).append(number)
    return tuple(_norm(instrument, tuple(sorted(numbers))) for instrument, numbers in found.items())


def _norm(instrument: TermRow, numbers: tuple[int, ...]) -> Norm:
    unit = _("Article") if instrument.facts.get("kind") in OF_ARTICLES else _("Provision")
    return Norm(of_term(instrument), instrument.facts.get("year"), unit, numbers)
