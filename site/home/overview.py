"""What the home page tells of the repository: figures, newest cases, ways in. One search, however much there is."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.terms import current_terms
from core.maps import world
from search.charts import country_places, counts_url
from search.presentation import Figure
from search.query import Query
from search.results import FacetValue, Hit, Results
from search.service import search

NEWEST = 6
COUNTRIES = 12
OTHERS = 18


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of what can be found, the newest cases, and the facet values that lead to the others, fullest first."""

    figures: tuple[Figure, ...]
    newest: tuple[Hit, ...]
    regions: tuple[FacetValue, ...]
    countries: tuple[FacetValue, ...]
    map: SafeString
    themes: tuple[FacetValue, ...]
    groups: tuple[FacetValue, ...]
    goals: tuple[FacetValue, ...]


def overview(language: str) -> Overview:
    """The overview in `language`, from the engine that also answers searches."""
    query = Query(chosen=MappingProxyType({"kind": ("case",)}), sort="newest", language=language)
    results = search(query).results
    countries = _countries(results)
    return Overview(
        figures=_figures(results, len(countries)),
        newest=results.hits[:NEWEST],
        regions=tuple(value for value in results.facet("country").values if value.depth == 0),
        countries=tuple(sorted(countries, key=lambda value: (-value.count, value.label))[:COUNTRIES]),
        map=_map(query, results),
        themes=results.facet("theme").values[:OTHERS],
        groups=results.facet("group").values[:OTHERS],
        goals=results.facet("sdg").values,
    )


def _figures(results: Results, countries: int) -> tuple[Figure, ...]:
    """Each leads to the list of what it counts."""
    kinds = {value.value: value.count for value in results.facet("kind").values}
    cases, methods = kinds.get("case", 0), kinds.get("method", 0)
    return (
        Figure(cases, ngettext("case study", "case studies", cases), reverse("search:cases")),
        Figure(methods, ngettext("method", "methods", methods), reverse("search:methods")),
        Figure(countries, ngettext("country", "countries", countries), reverse("search:topics", args=["countries"])),
    )


def _map(query: Query, results: Results) -> SafeString:
    """The countries of cases, each leading to its page."""
    places = country_places(results, lambda value: reverse("search:topic", args=["countries", value.value]))
    return world(places, title=_("Cases by country"), csv_url=counts_url("country", query))


def _countries(results: Results) -> list[FacetValue]:
    """The countries among the values of the tree of countries and regions."""
    terms = current_terms()
    return [value for value in results.facet("country").values if terms.find("countries", value.value)]
