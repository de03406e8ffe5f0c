"""Where and when results are: the map and the columns of years, whose parts are the facets' choices, and their CSV."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from cases.terms import current_terms
from core.charts import Bar, columns
from core.maps import Place, world
from search.facets import FACETS, year_span
from search.query import Query
from search.results import FacetValue, Results

MAP, YEARS = "map", "years"
LONGEST_SPAN = 200
"""Years that are drawn at most, the last ones: a single case of a century long past leaves room for the others."""


def country_places(results: Results, address: Callable[[FacetValue], str]) -> dict[str, Place]:
    """The countries among the values of the tree of countries and regions, each leading to its address."""
    terms = current_terms()
    return {
        value.value: Place(value.label, value.count, address(value), value.chosen, value.lang)
        for value in results.facet("country").values
        if (value.count or value.chosen) and terms.find("countries", value.value)
    }


def counts_url(parameter: str, query: Query) -> str:
    """Where the numbers of one facet under this search stand as CSV; nowhere for a search that has no address."""
    if query.keys is not None:
        return ""
    return reverse("search:counts", args=[parameter]) + query.with_page(1).with_sort("").url().rstrip("?")


def result_map(query: Query, results: Results, bound: Query) -> SafeString:
    """The countries of the results: pointing at one chooses it in the facet, or takes the choice back.

    `query` is what the address says, `bound` what the engine was asked. The facet's check boxes are the map's
    accessible form. An address names the map's id, so that browsers open what it stands in.
    """
    toggled = toggling(query, "country")
    return _unlisted(bound, country_places(results, lambda value: toggled(value.value) + f"#{MAP}"))


def subject_map(query: Query, results: Results) -> SafeString:
    """The countries of a subject, each leading to the subject's entries there; the page lists the same links."""
    search = reverse("search:search")
    places = country_places(results, lambda value: search + query.url_with("country", value.value))
    return _unlisted(query, places)


def countries_map(query: Query, results: Results) -> SafeString:
    """The countries of all entries, each leading to its page; the page lists the same links."""
    pages = reverse("search:topics", args=["countries"])
    return _unlisted(query, country_places(results, lambda value: f"{pages}{value.value}/"))


def _unlisted(query: Query, places: dict[str, Place]) -> SafeString:
    if not places:
        return mark_safe("")
    return world(places, title=_("Entries by country"), name=MAP, csv_url=counts_url("country", query), listed=False)


def result_years(query: Query, results: Results, bound: Query) -> SafeString:
    """The years of the results as small columns: choosing one chooses it in the facet, or takes the choice back."""
    values = {int(value.value): value for value in results.facet("year").values if value.value.isdigit()}
    known = [year for year, value in values.items() if value.count]
    if not known:
        return mark_safe("")
    toggled = toggling(query, "year")
    first = max(min(known), max(known) - LONGEST_SPAN + 1)
    rows = [_year(query, toggled, year, values.get(year)) for year in range(first, max(known) + 1)]
    title: str | Promise = _("Entries by year")
    return columns(rows, title=title, label=FACETS["year"].title, name=YEARS, csv_url=counts_url("year", bound))


def _year(query: Query, toggled: Callable[[str], str], year: int, value: FacetValue | None) -> Bar:
    if value is None or not value.count:
        return Bar(str(year), 0)
    chosen = query.values("year")
    covering = [span for span in chosen if year_span(span)[0] <= year <= year_span(span)[1]] if chosen else []
    address = _without(query, covering) if covering else toggled(str(year))
    return Bar(str(year), value.count, f"{address}#{YEARS}", chosen=bool(covering))


def _without(query: Query, spans: list[str]) -> str:
    for span in spans:
        query = query.without_value("year", span)
    return query.url()


def toggling(query: Query, facet: str) -> Callable[[str], str]:
    """A function that gives the address with a value of the facet chosen, or no longer: only its part is written anew.

    The values are codes or years, which stand in an address as they are.
    """
    sample = "~"
    before, _mark, after = query.without_facet(facet).with_value(facet, sample).url().partition(f"{facet}={sample}")
    chosen = frozenset(query.values(facet))

    def toggled(value: str) -> str:
        values = "&".join(f"{facet}={one}" for one in sorted(chosen ^ {value}))
        return f"{before}{values}{after}" if values else (before + after.lstrip("&")).rstrip("&")

    return toggled
