"""A search as tantivy's query: words match anywhere in the text, and score higher where they stand in better places."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from math import log
from types import MappingProxyType

from tantivy import FieldType, Occur, Searcher
from tantivy import Query as Clause

from search.engines.stems import STEMMED, stem
from search.engines.tantivy import schema
from search.engines.tantivy.schema import of_facet, of_language
from search.engines.words import LABELS, SUMMARY, TITLE
from search.facets import year_span
from search.query import Query
from search.words import Group, Phrase

BOOSTS = MappingProxyType({TITLE: 4.0, SUMMARY: 2.0, LABELS: 1.2})
"""What a word adds to its score for standing in a better place, as multiples of its rarity in the text as a whole.

Rarity in the place itself would let a common word count for most where it is seldom written.
"""
Part = tuple[Occur, Clause]
EXACT_TITLE = 100_000.0
"""More than any number of words can score."""


class Matching:
    """The clauses of one search, made once and put together for hits, counts and totals."""

    def __init__(self, query: Query) -> None:
        self._language = query.language
        self._text = query.text
        self._filters = {name: _unscored(_any_of(name, values)) for name, values in query.chosen.items()}
        self._musts: list[Part] = [(Occur.Must, _unscored(_keys(query.keys)))] if query.keys is not None else []
        self._musts += [(Occur.MustNot, _keys(query.excluded))] if query.excluded else []
        self._groups = self._text.wanted_groups[: len(self._text.words)]
        self._words: list[Part] = [(Occur.Must, self._word(group)) for group in self._groups]
        self._words += [(Occur.Must, _run(schema.TEXT, run)) for run in self._text.phrases]
        self._words += [(Occur.MustNot, self._excluded(run)) for run in self._text.exclusions]

    def under(self, except_for: str = "") -> Clause:
        """What the words and all choices leave, one facet's own choice set aside; without scores."""
        return _all_of([*self._words, *self._choices(except_for)])

    def without_words(self) -> Clause:
        """What the choices alone leave."""
        return _all_of(self._choices(""))

    def with_value(self, facet: str, value: str) -> Clause:
        """What one value of a facet would leave if it were chosen alone."""
        return _all_of([(Occur.Must, self.under(facet)), (Occur.Must, _any_of(facet, (value,)))])

    def scored(self, searcher: Searcher) -> Clause:
        """What the words and all choices leave, with scores by places and an exact title above all."""
        better: list[Part] = [(Occur.Should, clause) for clause in self._better_places(searcher)]
        return _all_of([*self._words, *self._choices(""), *better])

    def _choices(self, except_for: str) -> list[Part]:
        filters: list[Part] = [(Occur.Must, clause) for name, clause in self._filters.items() if name != except_for]
        return [*self._musts, *filters]

    def _word(self, group: Group, field: str = schema.TEXT) -> Clause:
        """One of several runs in a field: folded, in any language, or by their stems in the reader's."""
        found = [_run(field, run) for run in group]
        if self._language in STEMMED:
            stemmed = of_language(field, self._language)
            stems = dict.fromkeys(tuple(stem(token, self._language) for token in run) for run in group)
            found += [_run(stemmed, run) for run in stems]
        return Clause.disjunction_max_query(found) if len(found) > 1 else found[0]

    def _excluded(self, run: Phrase) -> Clause:
        # One word excludes what it would find; several are a phrase.
        return self._word((run,)) if len(run) == 1 else _run(schema.TEXT, run)

    def _better_places(self, searcher: Searcher) -> Iterable[Clause]:
        phrases = [(run,) for run in self._text.phrases]
        for group in (*self._groups, *phrases):
            rarity = self._rarity(searcher, group[0])
            for field, boost in BOOSTS.items():
                found = _run(field, group[0]) if group in phrases else self._word(group, field)
                yield Clause.const_score_query(found, boost * rarity)
        words = [token for run in self._text.wanted for token in run]
        yield Clause.const_score_query(_term(schema.EXACT, " ".join(words)), EXACT_TITLE)

    def _rarity(self, searcher: Searcher, run: Phrase) -> float:
        """The inverse document frequency of BM25, of the rarest token of a run."""
        rarest = min(searcher.doc_freq(schema.TEXT, token) for token in run)
        return log(1 + (searcher.num_docs - min(rarest, searcher.num_docs) + 0.5) / (rarest + 0.5))


def facet_value(facet: str, value: str) -> Clause:
    """Entries with this value of a facet, scored by how rare it is."""
    return _any_of(facet, (value,))


def only(key: str) -> Clause:
    """The one entry with this key."""
    return _term(schema.KEY, key)


def _run(field: str, run: Phrase) -> Clause:
    # A phrase of one word makes tantivy panic.
    return _term(field, run[0]) if len(run) == 1 else Clause.phrase_query(schema.schema(), field, list(run))


def _term(field: str, value: str) -> Clause:
    return Clause.term_query(schema.schema(), field, value)


def _any_of(facet: str, values: Sequence[str]) -> Clause:
    field = of_facet(facet)
    if field == schema.YEAR:
        spans = [year_span(value) for value in values]
        return _one_of(
            [Clause.range_query(schema.schema(), field, FieldType.Unsigned, start, end) for start, end in spans]
        )
    return _one_of([_term(field, value) for value in values])


def _keys(keys: Collection[str]) -> Clause:
    return Clause.term_set_query(schema.schema(), schema.KEY, sorted(keys)) if keys else Clause.empty_query()


def _one_of(clauses: Sequence[Clause]) -> Clause:
    return clauses[0] if len(clauses) == 1 else Clause.boolean_query([(Occur.Should, clause) for clause in clauses])


def _all_of(clauses: Sequence[Part]) -> Clause:
    if all(occur != Occur.Must for occur, _ in clauses):
        # What is only excluded from needs something to exclude it from.
        clauses = [(Occur.Must, Clause.const_score_query(Clause.all_query(), 0.0)), *clauses]
    return Clause.boolean_query(clauses)


def _unscored(clause: Clause) -> Clause:
    return Clause.const_score_query(clause, 0.0)
