"""A search as Elasticsearch's query: words match anywhere in the text, and score higher in better places."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Bool, ConstantScore, DisMax
from elasticsearch.dsl.query import Query as Clause

from search.engines.elasticsearch import schema
from search.engines.elasticsearch.mapping import for_stemmer
from search.engines.elasticsearch.schema import STEMMERS, of_facet, of_language
from search.facets import MAX_YEAR, year_span
from search.query import Query
from search.words import Group, Phrase

EXACT_TITLE: Final = 100_000.0
"""More than any number of words can score."""


class Matching:
    """The clauses of one search, made once and put together for hits, counts and totals."""

    def __init__(self, query: Query) -> None:
        self._language = query.language
        self._text = query.text
        self.choices = {name: any_of(name, values) for name, values in query.chosen.items()}
        self._among = [_keys(query.keys)] if query.keys is not None else []
        self._absent = [_keys(query.excluded)] if query.excluded else []
        self._groups = self._text.wanted_groups[: len(self._text.words)]

    def narrowed(self) -> Bool:
        """What was set from outside: the entries to choose among, and those to treat as absent. Without scores."""
        return Bool(filter=self._among, must_not=self._absent)

    def worded(self) -> Bool:
        """What the words leave of it, without scores; no choice is applied."""
        words = [self._word(group) for group in self._groups]
        phrases = [_run(schema.TEXT, run) for run in self._text.phrases]
        lacking = [self._lacking(run) for run in self._text.exclusions]
        return Bool(filter=[*self._among, *words, *phrases], must_not=[*self._absent, *lacking])

    def scored(self) -> Bool:
        """The same with scores by places, and an exact title above all."""
        words = [token for run in self._text.wanted for token in run]
        exact = ConstantScore(filter=Q("term", **{schema.EXACT: " ".join(words)}), boost=EXACT_TITLE)
        return Bool(filter=[self.worded()], should=[*self._places(), exact])

    def without(self, facet: str) -> Bool:
        """All choices but those of one facet."""
        return Bool(filter=[clause for name, clause in self.choices.items() if name != facet])

    def _word(self, group: Group, field: str = schema.TEXT) -> Clause:
        """One of several runs in a field: folded, in any language, or by their stems in the reader's."""
        return Bool(should=list(self._runs(group, field)), minimum_should_match=1)

    def _runs(self, group: Group, field: str) -> Iterator[Clause]:
        for run in group:
            yield _run(field, run)
            if self._language in STEMMERS:
                words = for_stemmer(" ".join(run), self._language)
                yield Q("match_phrase", **{of_language(field, self._language): words})

    def _lacking(self, run: Phrase) -> Clause:
        # One word excludes what it would find; several are a phrase.
        return self._word((run,)) if len(run) == 1 else _run(schema.TEXT, run)

    def _places(self) -> Iterator[Clause]:
        """For each word its score in the text, and that of its places; of several spellings the best one counts."""
        for group in self._groups:
            yield DisMax(queries=list(self._runs(group, schema.TEXT)))
            yield DisMax(queries=[self._weighed(run) for run in group])
        for run in self._text.phrases:
            yield _run(schema.TEXT, run)
            yield _each(schema.WEIGHTED, run)

    def _weighed(self, run: Phrase) -> Clause:
        if self._language not in STEMMERS:
            return _each(schema.WEIGHTED, run)
        stemmed = for_stemmer(" ".join(run), self._language).split(" ")
        stems = _each(of_language(schema.WEIGHTED, self._language), stemmed)
        return DisMax(queries=[_each(schema.WEIGHTED, run), stems])


def any_of(facet: str, values: Sequence[str]) -> Clause:
    """Entries with one of these values of a facet; of years also ranges. Without scores."""
    field = of_facet(facet)
    if field == schema.YEAR:
        return Bool(should=[span(value) for value in values], minimum_should_match=1)
    return Q("terms", **{field: list(values)})


def span(value: str) -> Clause:
    """Entries with a year of a canonical value of the facet."""
    start, end = year_span(value)
    return Q("range", **{schema.YEAR: {"gte": start, "lte": min(end, MAX_YEAR)}})


def only(key: str) -> Clause:
    """The one entry with this key."""
    return Q("term", **{schema.KEY: key})


def _run(field: str, run: Phrase) -> Clause:
    if len(run) == 1:
        return Q("term", **{field: run[0]})
    return Q("match_phrase", **{field: " ".join(run)})


def _each(field: str, run: Sequence[str]) -> Clause:
    """The words of a run, each for itself, together no more than one word."""
    return Q("match", **{field: {"query": " ".join(run), "boost": 1 / len(run)}})


def _keys(keys: Collection[str]) -> Clause:
    return Q("terms", **{schema.KEY: sorted(keys)})
