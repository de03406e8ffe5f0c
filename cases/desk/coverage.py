"""What no published case speaks of: cases that can be found, counted by country, goal, group, stage and theme.

The counts are of cases, each once whatever its languages; a case counts under a term once, and in a region once
however many of its countries lie there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import CaseStudyPage, EntryTerm, StageLevel
from cases.terms import TermRow, Terms, current_terms
from core.visibility import findable

REGIONS = "m49_regions"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way of looking at the cases: the terms of a vocabulary, and the rows by which a case has them."""

    name: str
    label: str | Promise
    vocabulary: str
    field: str = ""
    """The choice on the entry; stages have rows of their own."""

    def rows(self) -> QuerySet[Any]:
        """The rows that give a case a term, with the term in `chosen`."""
        if self.field:
            return EntryTerm.objects.filter(field=self.field).annotate(chosen=F("term_id")).order_by()
        return StageLevel.objects.filter(level__isnull=False).annotate(chosen=F("stage_id")).order_by()


_ALL = (
    Dimension("countries", _("Countries"), "countries", "countries"),
    Dimension("sdgs", _("Sustainable Development Goals"), "sdgs", "sdgs"),
    Dimension("groups", _("Population groups"), "population_groups", "population_groups"),
    Dimension("stages", _("Stages of the data value chain"), "value_chain_stages"),
    Dimension("themes", _("Themes"), "themes", "themes"),
)
DIMENSIONS: Mapping[str, Dimension] = MappingProxyType({dimension.name: dimension for dimension in _ALL})


@dataclass(frozen=True, slots=True)
class Coverage:
    """A term with its cases: all, by region (key of the region's term), and those that are being written."""

    term: TermRow
    region: TermRow | None
    published: int
    by_region: Mapping[int, int]
    in_preparation: int


def coverage(dimension: Dimension) -> list[Coverage]:
    """Every term that can be chosen, in its order; three SQL, however many cases and terms there are."""
    terms = current_terms()
    published = _by_term(dimension, _published(), terms)
    regional = _by_region(dimension, terms)
    drafts = _by_term(dimension, _in_preparation(), terms)
    return [
        Coverage(
            term=term,
            region=region_of(term, terms) if dimension.vocabulary == "countries" else None,
            published=published.get(term.id, 0),
            by_region=regional.get(term.id, {}),
            in_preparation=drafts.get(term.id, 0),
        )
        for term in terms.of(dimension.vocabulary)
    ]


def gaps() -> Mapping[str, int]:
    """How many terms of each dimension no published case has; one SQL a dimension."""
    terms = current_terms()
    return {
        dimension.name: len({term.id for term in terms.of(dimension.vocabulary)} - _met(dimension, terms))
        for dimension in _ALL
    }


def regions(terms: Terms | None = None) -> tuple[TermRow, ...]:
    """The great regions of the world, in order."""
    rows = (terms or current_terms()).of(REGIONS)
    return tuple(row for row in rows if row.facts.get("level") == "region")


def region_of(country: TermRow, terms: Terms) -> TermRow | None:
    """The great region in which a country lies."""
    return next((row for row in terms.ancestors(country.id) if row.facts.get("level") == "region"), None)


def _published() -> QuerySet[Any]:
    return findable(CaseStudyPage.objects.filter(original=None, alias_of=None)).order_by().values("pk")


def _in_preparation() -> QuerySet[Any]:
    return CaseStudyPage.objects.filter(original=None, alias_of=None, live=False).order_by().values("pk")


def _met(dimension: Dimension, terms: Terms) -> set[int]:
    chosen = dimension.rows().filter(entry__in=_published()).values_list("chosen", flat=True).distinct()
    return {terms.resolve(pk).id for pk in chosen}


def _by_term(dimension: Dimension, entries: QuerySet[Any], terms: Terms) -> dict[int, int]:
    rows = dimension.rows().filter(entry__in=entries).annotate(meant=_resolved("chosen", dimension.vocabulary, terms))
    return dict(rows.values("meant").annotate(n=Count("entry", distinct=True)).values_list("meant", "n"))


def _by_region(dimension: Dimension, terms: Terms) -> dict[int, dict[int, int]]:
    rows = dimension.rows().filter(entry__in=_published(), entry__terms__field="countries")
    rows = rows.annotate(
        meant=_resolved("chosen", dimension.vocabulary, terms), lies_in=_region("entry__terms__term_id", terms)
    )
    counts = rows.values("meant", "lies_in").annotate(n=Count("entry", distinct=True))
    found: dict[int, dict[int, int]] = {}
    for meant, region, number in counts.values_list("meant", "lies_in", "n"):
        if region is not None:
            found.setdefault(meant, {})[region] = number
    return found


def _resolved(column: str, vocabulary: str, terms: Terms) -> Case:
    """The term that now stands for the one in `column`: merging rewrites live rows, a revision may bring one back."""
    merged = [row for row in terms.of(vocabulary, retired=True) if row.successor_id is not None]
    return _case(column, ((row.id, terms.resolve(row.id).id) for row in merged), F(column))


def _region(column: str, terms: Terms) -> Case:
    places: dict[int, list[int]] = {}
    for country in terms.of("countries", retired=True):
        if region := region_of(terms.resolve(country.id), terms):
            places.setdefault(region.id, []).append(country.id)
    whens = [When(**{f"{column}__in": countries}, then=Value(region)) for region, countries in places.items()]
    return Case(*whens, default=None, output_field=IntegerField())


def _case(column: str, pairs: Iterable[tuple[int, int]], default: Any) -> Case:
    whens = [When(**{column: key}, then=Value(value)) for key, value in pairs]
    return Case(*whens, default=default, output_field=IntegerField())
