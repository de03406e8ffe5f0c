"""Counts of a facet as the list that is shown: labelled in the reader's language, in order, trees with their depth."""

from __future__ import annotations

from collections.abc import Mapping

from cases.terms import TermRow, current_terms
from core.text import fold
from search.facets import Facet, year_span
from search.query import Query
from search.results import FacetResult, FacetValue


def list_facet(facet: Facet, counts: Mapping[str, int], query: Query) -> FacetResult:
    """The facet's values with a count and the chosen ones, in the order to show."""
    if not facet.vocabularies:
        return FacetResult(facet, _plain_values(facet, counts, query))
    rows = {code: row for code in counts if (row := facet.find(code))}
    if facet.tree:
        return FacetResult(facet, _tree(facet, rows, counts, query))
    values = {code: _value(facet, code, row, counts[code], query) for code, row in rows.items()}
    order = {code: (row.order, code) for code, row in rows.items()}
    in_order = sorted(values.values(), key=(lambda value: order[value.value]) if facet.steps else by_count)
    return FacetResult(facet, tuple(in_order))


def by_count(value: FacetValue) -> tuple[int, str, str]:
    """Sort key: most entries first, then by label."""
    return -value.count, fold(value.label), value.value


def _value(facet: Facet, code: str, row: TermRow, count: int, query: Query, depth: int = 0) -> FacetValue:
    label = row.label(query.language)
    return FacetValue(code, label.text, label.lang, count, code in query.values(facet.parameter), depth)


def _plain_values(facet: Facet, counts: Mapping[str, int], query: Query) -> tuple[FacetValue, ...]:
    """Years, latest first with chosen ranges on top, and tags; their values are their labels, in no known language."""
    chosen = query.values(facet.parameter)
    values = [FacetValue(value, _shown(facet, value), "", count, value in chosen) for value, count in counts.items()]
    return tuple(sorted(values, key=_latest_first if facet.parameter == "year" else by_count))


def _shown(facet: Facet, value: str) -> str:
    return value.replace("-", "–") if facet.parameter == "year" else value


def _latest_first(value: FacetValue) -> tuple[bool, int, str]:
    return "-" not in value.value, -year_span(value.value)[1], value.value


def _tree(facet: Facet, rows: Mapping[str, TermRow], counts: Mapping[str, int], query: Query) -> tuple[FacetValue, ...]:
    """Parents before their children, siblings by count; the depth is the number of shown ancestors."""
    terms = current_terms()
    shown = {row.id: code for code, row in rows.items()}
    children: dict[str, list[FacetValue]] = {}
    for code, row in rows.items():
        above = [shown[ancestor.id] for ancestor in terms.ancestors(row.id) if ancestor.id in shown]
        value = _value(facet, code, row, counts[code], query, depth=len(above))
        children.setdefault(above[0] if above else "", []).append(value)
    return tuple(_walk(children, ""))


def _walk(children: Mapping[str, list[FacetValue]], parent: str) -> list[FacetValue]:
    found = []
    for value in sorted(children.get(parent, ()), key=by_count):
        found += [value, *_walk(children, value.value)]
    return found
