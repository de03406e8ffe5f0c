"""Counts of a facet as the list that is shown: labelled in the reader's language, in order, trees with their depth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cases.terms import current_terms
from core.text import fold
from search.facets import FACETS, Facet, year_span
from search.query import Query
from search.results import FacetResult, FacetValue


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is the same of a value in every list: its label, by what it is sorted, and the codes above it."""

    code: str
    label: str
    lang: str
    folded: str
    order: int
    above: tuple[str, ...]


def list_facet(facet: Facet, counts: Mapping[str, int], query: Query) -> FacetResult:
    """The facet's values with a count and the chosen ones, in the order to show."""
    if not facet.vocabularies:
        return FacetResult(facet, _plain_values(facet, counts, query))
    known = _known(current_terms().version, facet.parameter, query.language)
    found = [(known[code], count) for code, count in counts.items() if code in known]
    if facet.tree:
        return FacetResult(facet, _tree(found, query.values(facet.parameter)))
    if facet.steps:
        found.sort(key=lambda pair: (pair[0].order, pair[0].code))
    else:
        found.sort(key=lambda pair: (-pair[1], pair[0].folded, pair[0].code))
    chosen = query.values(facet.parameter)
    values = [FacetValue(row.code, row.label, row.lang, count, row.code in chosen) for row, count in found]
    return FacetResult(facet, tuple(values))


def year_bounds(counts: Mapping[str, int]) -> tuple[int, int] | None:
    """The first and the last year that have a count; None without any."""
    years = [int(value) for value, count in counts.items() if count and "-" not in value]
    return (min(years), max(years)) if years else None


def by_count(value: FacetValue) -> tuple[int, str, str]:
    """Sort key: most entries first, then by label."""
    return -value.count, fold(value.label), value.value


@lru_cache(maxsize=512)
def _known(version: str, parameter: str, language: str) -> Mapping[str, _Shown]:
    """All values of a facet by code; the version names one state of the terms and keys the cache."""
    facet, terms = FACETS[parameter], current_terms()
    codes = dict.fromkeys(row.code for name in facet.vocabularies for row in terms.of(name, retired=True))
    known = {}
    for code in codes:
        row = facet.find(code)
        if row is not None:
            label = row.label(language)
            above = tuple(ancestor.code for ancestor in terms.ancestors(row.id)) if facet.tree else ()
            known[code] = _Shown(code, label.text, label.lang, fold(label), row.order, above)
    return known


def _plain_values(facet: Facet, counts: Mapping[str, int], query: Query) -> tuple[FacetValue, ...]:
    """Years, latest first with chosen ranges on top, and tags; their values are their labels, in no known language."""
    chosen = query.values(facet.parameter)
    values = [FacetValue(value, _shown(facet, value), "", count, value in chosen) for value, count in counts.items()]
    return tuple(sorted(values, key=_latest_first if facet.parameter == "year" else by_count))


def _shown(facet: Facet, value: str) -> str:
    return value.replace("-", "–") if facet.parameter == "year" else value


def _latest_first(value: FacetValue) -> tuple[bool, int, str]:
    return "-" not in value.value, -year_span(value.value)[1], value.value


def _tree(found: list[tuple[_Shown, int]], chosen: tuple[str, ...]) -> tuple[FacetValue, ...]:
    """Parents before their children, siblings by count; the depth is the number of shown ancestors."""
    shown = {row.code for row, _ in found}
    children: dict[str, list[FacetValue]] = {}
    # By label first: sorting is stable.
    for row, count in sorted(found, key=lambda pair: (-pair[1], pair[0].folded, pair[0].code)):
        above = [code for code in row.above if code in shown]
        value = FacetValue(row.code, row.label, row.lang, count, row.code in chosen, len(above))
        children.setdefault(above[0] if above else "", []).append(value)
    return tuple(_walk(children, ""))


def _walk(children: Mapping[str, list[FacetValue]], parent: str) -> list[FacetValue]:
    found = []
    for value in children.get(parent, ()):
        found += [value, *_walk(children, value.value)]
    return found
