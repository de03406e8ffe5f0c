"""Topics: the countries, themes, groups and goals that have pages, and the lists of all of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.terms import Label, TermRow, current_terms
from core.text import fold
from search.facets import FACETS, Facet
from search.results import Results


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of topic pages: the first part of their address, the facet whose values they are, their heading."""

    path: str
    facet: Facet
    title: str | Promise


TOPICS: Mapping[str, Topic] = MappingProxyType(
    {
        topic.path: topic
        for topic in (
            Topic("countries", FACETS["country"], _("Countries and regions")),
            Topic("themes", FACETS["theme"], _("Themes")),
            Topic("groups", FACETS["group"], _("Population groups")),
            Topic("sdgs", FACETS["sdg"], _("Sustainable Development Goals")),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Count:
    """A term of a topic with its number of entries; its code is also its address below the topic's."""

    code: str
    label: Label
    count: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """Terms that are listed together: those on which there is something, and those on which there is nothing yet.

    `place` is the region that holds them and `above` the regions between it and its continent; none where the topic
    has no regions.
    """

    known: tuple[Count, ...]
    missing: tuple[Count, ...]
    place: Count | None = None
    above: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Continent:
    """A region under none other, with the shelves of the regions below it that hold countries."""

    place: Count
    shelves: tuple[Shelf, ...]


def shelf(topic: Topic, results: Results, language: str) -> Shelf:
    """Every term of a topic without regions, in the order of its vocabulary."""
    rows = [row for vocabulary in topic.facet.vocabularies for row in current_terms().of(vocabulary)]
    return _shelf(_counted(rows, _found(topic.facet, results), language))


def continents(results: Results, language: str) -> list[Continent]:
    """Every country and region by continent, countries by name in the reader's language."""
    terms, found = current_terms(), _found(FACETS["country"], results)
    shelves: dict[int, list[Shelf]] = {}
    for region in terms.of("m49_regions"):
        countries = [row for row in terms.children(region.id) if row.vocabulary == "countries"]
        if not countries:
            continue
        line = [region, *terms.ancestors(region.id)]
        counted = sorted(_counted(countries, found, language), key=lambda count: fold(count.label))
        place, *above = _counted(line[:-1] or line, found, language)
        shelves.setdefault(line[-1].id, []).append(_shelf(counted, place, tuple(above)))
    return [Continent(_counted([terms.get(root)], found, language)[0], tuple(below)) for root, below in shelves.items()]


def _shelf(counts: Iterable[Count], place: Count | None = None, above: tuple[Count, ...] = ()) -> Shelf:
    counts = tuple(counts)
    known = tuple(count for count in counts if count.count)
    return Shelf(known, tuple(count for count in counts if not count.count), place, above)


def _found(facet: Facet, results: Results) -> dict[str, int]:
    return {value.value: value.count for value in results.facet(facet.parameter).values}


def _counted(rows: Iterable[TermRow], found: Mapping[str, int], language: str) -> list[Count]:
    return [Count(row.code, row.label(language), found.get(row.code, 0)) for row in rows]
