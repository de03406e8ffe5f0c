"""What synonyms and retired terms add to the words of a query, alike for every engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from cases.terms import FALLBACK, TermRow, Terms, current_terms
from core.text import tokens
from search.query import Query
from search.synonyms.models import SynonymSet
from search.words import Phrase, Text

MAX_RUNS = 60
"""Runs that synonyms add to one query; whatever editors write, a search stays answerable."""


@dataclass(frozen=True, slots=True)
class Synonyms:
    """For readers of one language: what stands for each run, and the number of tokens of the longest."""

    others: Mapping[Phrase, tuple[Phrase, ...]]
    longest: int


def expanded(query: Query) -> Query:
    """The query with the synonyms of its words: at most one SQL, and none for a query without words."""
    if not query.text.words:
        return query
    return replace(query, text=expand(query.text, synonyms_for(query.language)))


def expand(text: Text, synonyms: Synonyms) -> Text:
    """The text with further runs for its words. Phrases and exclusions are what was typed and nothing else.

    Where several words are one expression, each of them may give way to what stands for the whole: whatever holds all
    of the words, or one of the others, is found.
    """
    added: list[tuple[Phrase, ...]] = [()] * len(text.words)
    room = MAX_RUNS
    for start, end, others in _found(text.words, synonyms):
        for number in range(start, end):
            added[number] = others[:room]
        room -= min(room, len(others))
    return text.with_synonyms(tuple(added)) if any(added) else replace(text, synonyms=())


def _found(words: tuple[Phrase, ...], synonyms: Synonyms) -> Iterator[tuple[int, int, tuple[Phrase, ...]]]:
    """Words that together have synonyms, as start and end of a slice, the longest first and none twice."""
    start = 0
    while start < len(words):
        end = next(
            (end for end in _ends(words, start, synonyms.longest) if _joined(words[start:end]) in synonyms.others), None
        )
        if end is not None:
            yield start, end, synonyms.others[_joined(words[start:end])]
        start = end or start + 1


def _ends(words: tuple[Phrase, ...], start: int, longest: int) -> Iterable[int]:
    return range(min(len(words), start + longest), start, -1)


def _joined(words: Iterable[Phrase]) -> Phrase:
    return tuple(chain.from_iterable(words))


def synonyms_for(language: str) -> Synonyms:
    """The synonyms that act for readers of this language, as of the terms' present version."""
    return _synonyms(current_terms().version, language)


@lru_cache(maxsize=32)
def _synonyms(version: str, language: str) -> Synonyms:
    others: dict[Phrase, dict[Phrase, None]] = {}
    for synonyms in SynonymSet.objects.acting_with(language):
        for run in synonyms.runs:
            others.setdefault(run, {}).update(dict.fromkeys(other for other in synonyms.runs if other != run))
    for name, successors in _replaced(current_terms(), language):
        others.setdefault(name, {}).update(dict.fromkeys(run for run in successors if run != name))
    found = {run: tuple(more) for run, more in others.items() if more}
    return Synonyms(found, max(map(len, found), default=0))


def _replaced(terms: Terms, language: str) -> Iterator[tuple[Phrase, list[Phrase]]]:
    """Each name of a term that was merged away, with what the term is called that took its place."""
    for row in terms.rows.values():
        successor = terms.resolve(row.id)
        if successor != row:
            for name in {*_names(row, set(row.labels)), tuple(tokens(row.code))}:
                yield name, _names(successor, {language, FALLBACK})


def _names(row: TermRow, languages: set[str]) -> list[Phrase]:
    runs = (tuple(tokens(label)) for language, label in sorted(row.labels.items()) if language in languages)
    return list(dict.fromkeys(run for run in runs if run))
