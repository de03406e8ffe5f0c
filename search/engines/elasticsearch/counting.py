"""Facet counts as aggregations of the one request: one for all facets without a choice, one for each that has one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from elasticsearch.dsl import A, Search
from elasticsearch.dsl.aggs import Agg

from search.engines.elasticsearch.querying import Matching, span
from search.engines.elasticsearch.schema import YEAR, of_facet
from search.facets import FACETS
from search.query import Query

SIZE: Final = 10_000
"""Values of one facet that are counted, above the number of any: fewer would be counted inexactly over shards."""
FREE, SPANS = "free", "spans"
Counts = dict[str, dict[str, int]]


def ask_for_counts(search: Search, matching: Matching, query: Query) -> None:
    """Add the aggregations to a search whose own query is the words alone, without a choice."""
    free = search.aggs.bucket(FREE, "filter", filter=matching.without(""))
    _add_terms(free, [name for name in FACETS if not query.values(name)])
    for name, values in query.chosen.items():
        one = search.aggs.bucket(name, "filter", filter=matching.without(name))
        _add_terms(one, [name])
        if name == "year" and (ranges := [value for value in values if "-" in value]):
            one.bucket(SPANS, "filters", filters={value: span(value) for value in ranges})


def read_counts(found: Mapping[str, Any], query: Query) -> Counts:
    """Entries by facet and value under the words and the other facets' choices; chosen values also without any."""
    counts = {name: _values(found[name if query.values(name) else FREE], name) for name in FACETS}
    for name, values in query.chosen.items():
        spans = found[name].get(SPANS, {}).get("buckets", {})
        for value in values:
            counts[name].setdefault(value, spans[value]["doc_count"] if value in spans else 0)
    return counts


def read_removals(found: Mapping[str, Any], query: Query) -> dict[str, int]:
    """How many entries there would be without one facet's choice."""
    return {name: int(found[name]["doc_count"]) for name in query.chosen}


def _add_terms(bucket: Any, names: Iterable[str]) -> None:
    for name in names:
        aggregation: Agg[Any] = A("terms", field=of_facet(name), size=SIZE)
        bucket.bucket(_named(name), aggregation)


def _named(name: str) -> str:
    return f"values_{name}"


def _values(bucket: Mapping[str, Any], name: str) -> dict[str, int]:
    key = int if of_facet(name) == YEAR else str
    return {str(key(each["key"])): int(each["doc_count"]) for each in bucket[_named(name)]["buckets"]}
