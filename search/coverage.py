"""What is known on a subject and what is missing: of each facet the values that occur, and those that do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from cases.terms import Label, TermRow, current_terms
from core.charts import Bar, bars
from search.charts import counts_url
from search.facets import FACETS, Facet
from search.query import Query
from search.results import Results
from search.topics import TOPICS

FACETS_COVERED = (
    "country", "theme", "sdg", "group", "stage", "participation", "method", "official_use", "organisation_type",
    "language",
)  # fmt: skip
DRAWN = frozenset({"stage", "participation", "official_use"})
"""Facets whose values are drawn as bars: few, and in an order that says something."""
IN_SIGHT = 12
BAR = 100


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet, the number of entries on it, and where to see them: no address where no search is that."""

    code: str
    label: Label
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """One facet: the values that occur, those that do not, and how many there are (0: nobody knows).

    `numbers` is where the counts stand as CSV.
    """

    parameter: str
    title: str | Promise
    known: tuple[Value, ...]
    missing: tuple[Value, ...]
    total: int
    numbers: str = ""

    @property
    def chart(self) -> SafeString:
        """The values that occur as bars, where their order means something; nothing for all other facets."""
        if self.parameter not in DRAWN:
            return mark_safe("")
        rows = [Bar(str(value.label), value.count, value.url, value.label.lang) for value in self.known]
        return bars(rows, title=self.title, csv_url=self.numbers, title_hidden=True)

    @property
    def bar(self) -> int:
        """The share of the values that occur, as the length of a bar; never empty where there is one."""
        share = round(BAR * len(self.known) / self.total) if self.total else 0
        return max(share, 2) if self.known else 0

    @property
    def lists(self) -> tuple[tuple[str, tuple[Value, ...], tuple[Value, ...]], ...]:
        """What is known and what is missing, each with what stands in sight and what is folded."""
        pairs = (("known", self.known), ("missing", self.missing))
        return tuple((name, values[:IN_SIGHT], values[IN_SIGHT:]) for name, values in pairs)


def coverage(query: Query, results: Results, about: TermRow | None = None) -> list[Coverage]:
    """The facets of a subject, all from one answer: `results` are those of `query`, which asks for `about` or for keys.

    The facet that the subject is a value of says nothing, but for a region, whose countries it tells apart.
    """
    found = []
    for name in FACETS_COVERED:
        facet = FACETS[name]
        is_own = about is not None and about.vocabulary in facet.vocabularies
        if not is_own:
            found.append(_facet(facet, query, results))
        elif about is not None and (within := _countries_within(about)):
            found.append(_region(facet, within, query.language, results))
    return found


def organisations_known(rows: Iterable[tuple[str, str, int]]) -> Coverage:
    """Organisations by name, slug and number of entries; nobody knows which others there are."""
    known = tuple(
        Value(slug, Label(name, ""), count, reverse("search:organisation", args=[slug])) for name, slug, count in rows
    )
    return Coverage("organisation", _("Organisations"), known, (), 0)


def _facet(facet: Facet, query: Query, results: Results) -> Coverage:
    counts, language = _counts(facet, results), query.language
    rows = _expected(facet)
    search = reverse("search:search")
    known = [
        # What an organisation or a team has a part in is no search that has an address.
        Value(row.code, row.label(language), counts[row.code], "" if query.keys is not None else
              search + query.url_with(facet.parameter, row.code))
        for row in rows
        if counts.get(row.code)
    ]  # fmt: skip
    if not facet.steps:
        known.sort(key=lambda value: (-value.count, value.label))
    absent = rows
    if facet.tree:
        # All other countries would tell nobody anything: the regions are named in which there is none, and of what one
        # team or organisation does not even those.
        absent = _regions_of_countries() if query.keys is None else []
    missing, numbers = _missing(facet, absent, counts, language), counts_url(facet.parameter, query)
    return Coverage(facet.parameter, facet.title, tuple(known), missing, len(rows), numbers)


def _region(facet: Facet, within: list[TermRow], language: str, results: Results) -> Coverage:
    """The countries of a region; each leads to its own page."""
    counts = _counts(facet, results)
    known = [
        Value(row.code, row.label(language), counts[row.code], _elsewhere(facet, row.code, language))
        for row in within
        if counts.get(row.code)
    ]
    known.sort(key=lambda value: (-value.count, value.label))
    title = _("Countries")
    return Coverage(facet.parameter, title, tuple(known), _missing(facet, within, counts, language), len(within))


def _missing(facet: Facet, rows: Iterable[TermRow], counts: dict[str, int], language: str) -> tuple[Value, ...]:
    return tuple(
        Value(row.code, row.label(language), 0, _elsewhere(facet, row.code, language))
        for row in rows
        if not counts.get(row.code)
    )


def _elsewhere(facet: Facet, code: str, language: str) -> str:
    """What is known on a value anywhere: its page, or a search for it alone where it has none."""
    for topic in TOPICS.values():
        if topic.facet is facet:
            return reverse("search:topics", args=[topic.path]) + f"{code}/"
    return reverse("search:search") + Query(language=language).url_with(facet.parameter, code)


def _counts(facet: Facet, results: Results) -> dict[str, int]:
    return {value.value: value.count for value in results.facet(facet.parameter).values}


def _expected(facet: Facet) -> list[TermRow]:
    """The values that entries can have: of a tree its leaves, of languages those of the site."""
    terms = current_terms()
    if facet.tree:
        return list(terms.of("countries"))
    rows = [row for vocabulary in facet.vocabularies for row in terms.of(vocabulary)]
    site = dict(settings.LANGUAGES)
    return [row for row in rows if facet.parameter != "language" or row.code in site]


def _regions_of_countries() -> list[TermRow]:
    """The regions right above countries, in the order of the tree."""
    terms = current_terms()
    above = {row.parent_id for row in terms.of("countries")}
    return [row for row in terms.of("m49_regions") if row.id in above]


def _countries_within(region: TermRow) -> list[TermRow]:
    """The countries at any depth below; none for a country."""
    terms = current_terms()
    found, waiting = [], list(terms.children(region.id))
    while waiting:
        row = waiting.pop()
        if row.vocabulary == "countries":
            found.append(row)
        waiting += terms.children(row.id)
    return sorted(found, key=lambda row: row.label())
