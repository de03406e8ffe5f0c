"""Links around a list of results: chips, orders, page numbers, ways out of an empty list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from search.coverage import Coverage
from search.facets import FACETS
from search.query import SORTS, Query
from search.results import Results

NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice and the address without it."""

    title: str | Promise
    label: str
    lang: str
    url: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its label; `current` is where the visitor is."""

    label: str | Promise
    url: str
    current: bool = False
    count: int = 0


def chips(query: Query, results: Results) -> list[Chip]:
    """The words and every chosen value, in the order of facets."""
    found = [Chip(_("Words"), query.text.raw, "", query.without_text().url())] if query.text.raw else []
    for result in results.facets:
        name = result.facet.parameter
        found += [
            Chip(result.facet.title, value.label, value.lang, query.url_without(name, value.value))
            for value in result.chosen
            if value.value in query.values(name)
        ]
    return found


def sort_links(query: Query) -> list[Link]:
    """The orders that make sense for this search: relevance only where there are words."""
    orders = [name for name in SORTS if name != "relevance" or query.text.wanted]
    return [Link(SORTS[name], query.with_sort(name).url(), name == query.order) for name in orders]


def ways_out(query: Query, results: Results) -> list[Link]:
    """What to leave out of a search that found nothing, and how much that would find."""
    links = []
    for removal in results.removals:
        if removal.facet == "q":
            links.append(Link(_("the words"), query.without_text().url(), count=removal.total))
        elif query.values(removal.facet):
            without = query.without_facet(removal.facet)
            links.append(Link(FACETS[removal.facet].title, without.url(), count=removal.total))
    return links


class Figure(NamedTuple):
    """What was counted; without an address where no search is that."""

    number: int
    label: str
    url: str


def figures(query: Query, results: Results, known: Iterable[Coverage]) -> list[Figure]:
    """How many cases and methods a subject has, and on how many countries; `results` are those of `query`."""
    kinds = {value.value: value.count for value in results.facet("kind").values}
    cases, methods = kinds.get("case", 0), kinds.get("method", 0)
    found = [
        Figure(cases, ngettext("case study", "case studies", cases), _narrowed(query, "case") if cases else ""),
        Figure(methods, ngettext("method", "methods", methods), _narrowed(query, "method") if methods else ""),
    ]
    numbers = [len(part.known) for part in known if part.parameter == "country" and part.known]
    return found + [Figure(number, ngettext("country", "countries", number), "#country") for number in numbers]


def _narrowed(query: Query, kind: str) -> str:
    return "" if query.keys is not None else reverse("search:search") + query.url_with("kind", kind)


def page_links(query: Query, page: int, pages: int) -> list[Link]:
    """First, last and neighbouring pages; a link without address stands for those left out."""
    links: list[Link] = []
    for number in _numbers(page, pages):
        if number is None:
            links.append(Link("…", ""))
        else:
            links.append(Link(str(number), query.with_page(number).url(), number == page))
    return links


def _numbers(page: int, pages: int) -> Iterable[int | None]:
    near = range(page - NEIGHBOURS, page + NEIGHBOURS + 1)
    shown = sorted({number for number in (1, *near, pages) if 1 <= number <= pages})
    previous = 0
    for number in shown:
        if number > previous + 1:
            yield None
        yield number
        previous = number
