"""Quality: the scored dimensions grouped by level, with the words of the scale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import CaseStudyPage, MethodPage
from cases.reading.items import Item, of_term
from cases.reading.texts import Text, of_label
from cases.terms import TermRow, current_terms

LEVEL_NAMES: Final = {
    "output": _("Outputs"),
    "process": _("Processes"),
    "institution": _("Institution"),
    "system": _("Statistical system"),
    "citizen-data": _("Particular to citizen data"),
}
HIGHEST: Final = 4


@dataclass(frozen=True, slots=True)
class Score:
    """One dimension: the score 0-4, its word, and the evidence."""

    dimension: Item
    score: int
    word: Text
    evidence: Text


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one level of the quality framework."""

    name: str | Promise
    rows: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A question to ask of the results of a method."""

    dimension: Item
    text: Text


def scores(case: CaseStudyPage) -> tuple[Group, ...]:
    """The scored dimensions in the order of the vocabulary, grouped by level; dimensions without a score left out."""
    terms, language = current_terms(), case.locale.language_code
    rows = {terms.resolve(row.dimension_id).id: row for row in case.quality_scores.get_object_list()}
    words = {term.facts.get("score"): term for term in terms.of("quality_scores", retired=True)}
    groups: dict[str, list[Score]] = {}
    for dimension in terms.of("quality_dimensions", retired=True):
        if row := rows.get(dimension.id):
            word = _word(words.get(row.score))
            score = Score(of_term(dimension), row.score, word, Text(row.evidence, language))
            groups.setdefault(dimension.facts.get("level", ""), []).append(score)
    return tuple(Group(LEVEL_NAMES.get(level, level), tuple(found)) for level, found in groups.items())


def explained(groups: Iterable[Group]) -> tuple[Item, ...]:
    """The scored dimensions and the words of the scale, with what they mean."""
    words = current_terms().of("quality_scores")
    return (*(row.dimension for group in groups for row in group.rows), *(of_term(word) for word in words))


def _word(term: TermRow | None) -> Text:
    return of_label(term.label()) if term else Text("", "")


def checks(method: MethodPage, language: str) -> tuple[Check, ...]:
    """The checks of a method in their order."""
    terms, rows = current_terms(), method.quality_checks.get_object_list()
    return tuple(Check(of_term(terms.resolve(row.dimension_id)), Text(row.check_text, language)) for row in rows)


def count(groups: Iterable[Group]) -> int:
    """Number of dimensions scored."""
    return sum(len(group.rows) for group in groups)
