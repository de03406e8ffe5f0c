"""The facets: their parameters, where their values come from and how values are written. Declared here only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.terms import TermRow, current_terms, is_world
from core.text import fold

MAX_TAG = 100
MIN_YEAR, MAX_YEAR = 1000, 2999
_YEARS = re.compile(r"(?P<start>\d{4})?(?P<dash>\s*[-–—]\s*)?(?P<end>\d{4})?")


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow results.

    `vocabularies` hold its values; none for years and tags. `field` is the entry's term field that it reads, where it
    reads just one. `tree` marks values that stand under others; `steps` those whose vocabulary order means something.
    """

    parameter: str
    title: str | Promise
    vocabularies: tuple[str, ...] = ()
    field: str = ""
    tree: bool = False
    steps: bool = False

    def find(self, value: str) -> TermRow | None:
        """The term with this code in one of the facet's vocabularies, merged ones followed."""
        terms = current_terms()
        for vocabulary in self.vocabularies:
            row = terms.find(vocabulary, value)
            if row is not None and not is_world(row):
                return terms.resolve(row.id)
        return None

    def canonical(self, raw: str) -> str | None:
        """The one way to write this value, or None when the facet knows no such value."""
        if self.parameter == "year":
            return canonical_years(raw)
        if self.parameter == "tag":
            return fold_tag(raw) or None
        code = fold(raw[:100]).strip().replace("_", "-").replace(" ", "-")
        if self.parameter == "sdg" and (number := re.fullmatch(r"(?:sdg-?)?0?(\d{1,2})", code)):
            code = f"sdg-{int(number[1]):02d}"
        row = self.find(code)
        return row.code if row else None


def fold_tag(name: str) -> str:
    """A free tag as it is compared: folded, single spaces, at most 100 characters; empty when nothing is left."""
    return " ".join("".join(c if c.isprintable() else " " for c in fold(name[: MAX_TAG * 2])).split())[:MAX_TAG].strip()


def canonical_years(raw: str) -> str | None:
    """`2015`, `2015-2020`, `2015-` or `-2020`, the smaller year first; None when it is none of these."""
    match = _YEARS.fullmatch(fold(raw[:40]).strip())
    if match is None or not (match["start"] or match["end"]):
        return None
    start, end = match["start"], match["end"]
    if any(year and not MIN_YEAR <= int(year) <= MAX_YEAR for year in (start, end)):
        return None
    if not match["dash"]:
        return start if start and not end else None
    if start and end:
        start, end = sorted((start, end))
    return start if start == end else f"{start or ''}-{end or ''}"


def year_span(value: str) -> tuple[int, int]:
    """First and last year that a canonical value of the year facet covers."""
    start, dash, end = value.partition("-")
    if not dash:
        return int(start), int(start)
    return int(start or MIN_YEAR), int(end or MAX_YEAR)


_FACETS = (
    Facet("kind", _("Kind"), ("content_kinds",)),
    Facet("country", _("Country or region"), ("countries", "m49_regions"), "countries", tree=True),
    Facet("theme", _("Theme"), ("themes",), "themes"),
    Facet("group", _("Population group"), ("population_groups",), "population_groups"),
    Facet("initiative", _("Type of initiative"), ("initiative_types",), "initiative_type"),
    Facet("sdg", _("Sustainable Development Goal"), ("sdgs",), "sdgs", steps=True),
    Facet("method", _("Collection method"), ("collection_methods",), "collection_methods"),
    Facet("stage", _("Stage of the data value chain"), ("value_chain_stages",), steps=True),
    Facet("participation", _("Level of participation"), ("participation_levels",), steps=True),
    Facet("official_use", _("Official use"), ("official_use",), steps=True),
    Facet("organisation_type", _("Type of organisation"), ("organisation_types",)),
    Facet("language", _("Language"), ("languages",)),
    Facet("year", _("Year"), steps=True),
    Facet("tag", _("Tag")),
)

FACETS: Mapping[str, Facet] = MappingProxyType({facet.parameter: facet for facet in _FACETS})
