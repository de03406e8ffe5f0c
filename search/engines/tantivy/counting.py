"""Facet counts: one aggregation for all facets without a choice, one for each that has one, on one searcher."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tantivy import Query as Clause
from tantivy import Searcher

from search.engines.tantivy.querying import Matching
from search.engines.tantivy.schema import YEAR, of_facet
from search.facets import FACETS
from search.query import Query

SIZE = 60_000
"""Above the number of values of any facet: fewer would make tantivy count inexactly over segments."""
Counts = dict[str, dict[str, int]]


def count_facets(searcher: Searcher, matching: Matching, query: Query) -> Counts:
    """Entries by facet and value under the words and the other facets' choices; chosen values also without any."""
    free = [name for name in FACETS if not query.values(name)]
    counts = _counted(searcher, matching.under(), free)
    for name in query.chosen:
        counts |= _counted(searcher, matching.under(except_for=name), [name])
        for value in query.values(name):
            if value not in counts[name]:
                counts[name][value] = _range(searcher, matching, value) if "-" in value and name == "year" else 0
    return counts


def total(searcher: Searcher, clause: Clause) -> int:
    """Number of entries that match."""
    count: int = searcher.search(clause, 1).count  # type: ignore[attr-defined]  # missing in tantivy's stub
    return count


def _range(searcher: Searcher, matching: Matching, value: str) -> int:
    return total(searcher, matching.with_value("year", value))


def _counted(searcher: Searcher, clause: Clause, names: Iterable[str]) -> Counts:
    asked = {name: {"terms": {"field": of_facet(name), "size": SIZE}} for name in names}
    found: Mapping[str, Mapping[str, list[dict[str, int | str]]]] = searcher.aggregate(clause, asked) if asked else {}
    return {
        name: {_value(name, bucket["key"]): int(bucket["doc_count"]) for bucket in buckets["buckets"]}
        for name, buckets in found.items()
    }


def _value(name: str, key: int | str) -> str:
    return str(int(key)) if of_facet(name) == YEAR else str(key)
