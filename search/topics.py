"""Topics: what is known on one country, theme, group or goal, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.terms import Label, TermRow, current_terms
from search.facets import FACETS, Facet
from search.query import Query
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
# Ways in which knowledge on a topic is broken down.
BREAKDOWNS = ("kind", "theme", "stage", "participation", "official_use")
# Kinds of content that cannot be written yet are not missing.
KINDS = ("case", "method")


@dataclass(frozen=True, slots=True)
class Count:
    """A term with its number of entries and where to see them."""

    code: str
    label: Label
    count: int
    url: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Entries of a topic by the values of one facet: those that occur, and the names of those that do not."""

    title: str | Promise
    known: tuple[Count, ...]
    missing: tuple[Label, ...]


def breakdowns(topic: Topic | None, query: Query, results: Results) -> list[Breakdown]:
    """Counts by kind, theme, stage, participation and use; addresses are relative to the search page."""
    names = [name for name in BREAKDOWNS if topic is None or FACETS[name] is not topic.facet]
    return [_breakdown(FACETS[name], query, results) for name in names]


def _breakdown(facet: Facet, query: Query, results: Results) -> Breakdown:
    found = {value.value: value.count for value in results.facet(facet.parameter).values}
    known, missing = [], []
    for row in _expected(facet):
        label, count = row.label(query.language), found.get(row.code, 0)
        if count:
            # What an organisation has a part in is no search that has an address.
            url = query.url_with(facet.parameter, row.code) if query.keys is None else ""
            known.append(Count(row.code, label, count, url))
        else:
            missing.append(label)
    ordered = known if facet.steps else sorted(known, key=lambda item: (-item.count, item.label))
    return Breakdown(facet.title, tuple(ordered), tuple(missing))


def _expected(facet: Facet) -> list[TermRow]:
    rows = [row for vocabulary in facet.vocabularies for row in current_terms().of(vocabulary)]
    return [row for row in rows if facet.parameter != "kind" or row.code in KINDS]


def all_counts(topic: Topic, results: Results, language: str) -> list[Count]:
    """Every term of a topic with its number of entries, also 0; a tree has parents before their children."""
    found = {value.value: value.count for value in results.facet(topic.facet.parameter).values}
    rows = _tree() if topic.facet.tree else [(row, 0) for row in _expected(topic.facet)]
    return [Count(row.code, row.label(language), found.get(row.code, 0), f"{row.code}/", depth) for row, depth in rows]


def _tree() -> list[tuple[TermRow, int]]:
    """Regions, each followed by what stands right under it, with their depth."""
    terms = current_terms()
    roots = [row for row in terms.of("m49_regions") if not terms.ancestors(row.id)]
    found: list[tuple[TermRow, int]] = []
    waiting = [(row, 0) for row in reversed(roots)]
    while waiting:
        row, depth = waiting.pop()
        found.append((row, depth))
        below = sorted(terms.children(row.id), key=lambda child: child.label())
        waiting += [(child, depth + 1) for child in reversed(below)]
    return found
