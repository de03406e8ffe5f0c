"""The world map as HTML: countries are links, the table below it is its accessible form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.languages import lang_attributes, written
from core.maps.geometry import DRAWING, Mark, geometry
from core.maps.shades import bounds, shade, spans

TARGET = 20
"""Radius of what can be pointed at: 24 CSS pixels across where the map is as wide as the page."""
DOT = 7
LONGEST = 600
"""Characters of an address: longer ones, a few hundred times over, would be a heavy page."""


@dataclass(frozen=True, slots=True)
class Place:
    """A country: its name (in `lang`, if that is not the language around), its number, where it leads."""

    label: str
    count: int
    url: str = ""
    chosen: bool = False
    lang: str = ""

    @property
    def mark(self) -> SafeString:
        """What marks the language of the name."""
        return lang_attributes(self.lang) if self.lang else mark_safe("")

    @property
    def number(self) -> str:
        """The number as the page's language writes it."""
        return written(self.count)


def world(
    values: Mapping[str, Place],
    *,
    title: str | Promise,
    name: str = "map",
    csv_url: str = "",
    listed: bool = True,
) -> SafeString:
    """The map of `values`, by code (iso3 in lower case).

    `listed` adds all places as a table to unfold; without it the page must hold their links elsewhere, for the drawing
    is hidden from who does not point. `name` is the id, which addresses may name to open what the map stands in.
    """
    starts = bounds(place.count for place in values.values())
    known = geometry()
    context = {
        "name": name,
        "title": title,
        "csv_url": csv_url,
        "size": known,
        "shapes": _shapes(values, starts),
        "legend": [(level, _span(first, last)) for level, first, last in spans(starts)],
        "places": sorted(values.values(), key=lambda place: (-place.count, place.label)) if listed else (),
    }
    return mark_safe(render_to_string("core/maps/world.html", context))


def _span(first: int, last: int | None) -> str:
    low = written(first)
    if last is None:
        return f"{low}+"
    return low if last == first else f"{low}–{written(last)}"


def _shapes(values: Mapping[str, Place], starts: tuple[int, ...]) -> SafeString:
    """The land, the fields of marks, the countries and the marks, in this order: a field covers no neighbour."""
    address, known = escape(static(DRAWING)), geometry()
    linked = all(len(place.url) <= LONGEST for place in values.values())
    fields, countries, marks = [], [], []
    for code, place in values.items():
        if code not in known.codes:
            continue
        before, after = _around(place, shade(place.count, starts), linked)
        countries.append(f'{before}<use href="{address}#{code}"/>{after}')
        if code in known.marks:
            x, y = known.marks[code].stand
            fields.append(f'{before}<circle class="map__field" cx="{x}" cy="{y}" r="{TARGET}"/>{after}')
            marks.append(f"{before}{_mark(known.marks[code])}{after}")
    land = f'<use class="map__land" href="{address}#land"/>'
    return mark_safe("".join([land, *fields, *countries, *marks]))


def _mark(mark: Mark) -> str:
    (x, y), (to_x, to_y) = mark.place, mark.stand
    leader = f'<path class="map__leader" d="M{x} {y}L{to_x} {to_y}"/>' if (x, y) != (to_x, to_y) else ""
    return f'{leader}<circle cx="{to_x}" cy="{to_y}" r="{DOT}"/>'


def _around(place: Place, level: int, linked: bool) -> tuple[str, str]:
    """What stands before and after the shapes of a place: a link for who points, or a group without an address."""
    look = f'class="map__place map__shade--{level}{" is-chosen" if place.chosen else ""}"'
    title = f"<title>{escape(place.label)}: {place.number}</title>"
    if place.url and linked:
        return f'<a {look} href="{escape(place.url)}" tabindex="-1">{title}', "</a>"
    return f"<g {look}>{title}", "</g>"
