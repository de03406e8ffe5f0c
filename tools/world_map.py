"""Makes the geometry of the world map: `python tools/world_map.py FOLDER`.

FOLDER is the unpacked npm package `world-atlas` 2.0.2 (`npm pack world-atlas`), which holds Natural Earth's countries
as TopoJSON. The result is committed, so that only a change of the map needs the package:

- `static/maps/world.svg`: one path a country, its id the code of `fixtures/vocabularies/countries.json`, all inside the
  group `land` with one path without id for territories and disputed areas;
- `site/core/maps/geometry.json`: size, codes, and where the marks of small states stand.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import asin, cos, hypot, radians, sin, sqrt
from pathlib import Path
from typing import Any, Final

PROJECT = Path(__file__).resolve().parents[1]
Point = tuple[float, float]
Ring = list[Point]

WIDTH: Final = 2000
NORTH, SOUTH = 83.7, -56.0
SMALLEST_TURN: Final = 2.2
"""Points whose triangle with their neighbours is smaller (in square units) are left out."""
SMALLEST_ISLAND: Final = 5.0
SMALL_STATE: Final = 34.0
"""A country of less area (in square units, about 6,500 square kilometres) gets a mark."""
APART: Final = 40.0
"""Marks keep this distance: 24 CSS pixels where the map is 1,216 wide, the whole page."""
ANTARCTICA: Final = "010"
HALF_TURN: Final = 180.0
CENTRE: Final = 11.0
"""The meridian in the middle: the edge runs through the Bering Strait, so that no continent is cut."""
# Natural Earth draws it with the Russian Federation; General Assembly resolution 68/262 does not. A separate ring.
CRIMEA: Final = (34.2 - CENTRE, 45.2)
# It draws what Morocco holds of Western Sahara with Morocco. The territory begins at this parallel.
WESTERN_SAHARA: Final = 27 + 40 / 60


def equal_earth(longitude: float, latitude: float) -> Point:
    """A place in Equal Earth, x to the east and y to the north, radius 1: areas compare truly.

    B. Šavrič, T. Patterson, B. Jenny: The Equal Earth map projection. International Journal of Geographical
    Information Science 33 (2019), 454-465, doi:10.1080/13658816.2018.1504949, equations 6 to 8.
    """
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    x = 2 * sqrt(3) * radians(longitude) * cos(t) / (3 * slope)
    return x, a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t


SCALE: Final = WIDTH / (2 * equal_earth(180, 0)[0])
TOP: Final = equal_earth(0, NORTH)[1]
HEIGHT: Final = round((TOP - equal_earth(0, SOUTH)[1]) * SCALE)


def on_map(longitude: float, latitude: float) -> Point:
    """A place in the units of the drawing; the longitude is counted from the middle."""
    x, y = equal_earth(longitude, latitude)
    return WIDTH / 2 + x * SCALE, (TOP - y) * SCALE


@dataclass
class Shapes:
    """What is drawn: rings by code, those of nobody under "", and the true middle and area of each country."""

    rings: dict[str, list[Ring]] = field(default_factory=dict)
    middles: dict[str, Point] = field(default_factory=dict)
    areas: dict[str, float] = field(default_factory=dict)


class Atlas:
    """A TopoJSON file: arcs that neighbours share, so that simplified borders still meet."""

    def __init__(self, path: Path) -> None:
        topology = json.loads(path.read_text(encoding="utf-8"))
        self._transform = topology["transform"]
        self.geometries: list[dict[str, Any]] = topology["objects"]["countries"]["geometries"]
        self.full = [_unbroken(list(self._places(arc))) for arc in topology["arcs"]]
        self.light = [simplified(arc) for arc in self.full]

    def _places(self, arc: Sequence[Sequence[int]]) -> Iterator[Point]:
        (scale_x, scale_y), (move_x, move_y) = self._transform["scale"], self._transform["translate"]
        x = y = 0
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            yield x * scale_x + move_x - CENTRE, y * scale_y + move_y

    def rings(self, geometry: Mapping[str, Any], arcs: Sequence[Ring]) -> Iterator[Ring]:
        """The outlines of a country on the map, holes too, cut at the map's edge."""
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            for indices in polygon:
                for piece in cut(_joined(indices, arcs)):
                    yield [on_map(*place) for place in piece]


def _joined(indices: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    ring: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


def _unbroken(line: Ring) -> Ring:
    """The line with longitudes that go on where it crosses the edge of the map."""
    found = line[:1]
    for longitude, latitude in line[1:]:
        before = found[-1][0]
        found.append((longitude - 360 * round((longitude - before) / 360), latitude))
    return found


def cut(ring: Ring) -> Iterator[Ring]:
    """The parts of a ring, each inside the map."""
    whole = _unbroken(ring)
    for turn in (-360.0, 0.0, 360.0):
        piece = [(longitude + turn, latitude) for longitude, latitude in whole]
        for sign in (1, -1):
            piece = clipped(piece, 0, sign, HALF_TURN)
        if len(piece) > 2:  # noqa: PLR2004 - less is no surface
            yield piece


def clipped(ring: Ring, axis: int, sign: int, limit: float) -> Ring:
    """What lies where the coordinate times `sign` is at most `limit`: I. Sutherland, G. Hodgman, CACM 17 (1974)."""
    found: Ring = []
    for a, b in pairwise([*ring, *ring[:1]]):
        if (a[axis] * sign <= limit) != (b[axis] * sign <= limit):
            part = (limit * sign - a[axis]) / (b[axis] - a[axis])
            found.append((a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])))
        if b[axis] * sign <= limit:
            found.append(b)
    return found


def simplified(line: Ring) -> Ring:
    """The line without its least turns, the ends kept: M. Visvalingam, J. Whyatt, Cartographic Journal 30 (1993)."""
    kept, least = [(*place, *on_map(*place)) for place in line], 4 if line[0] == line[-1] else 2
    turns = [_triangle(*(point[2:] for point in kept[n - 1 : n + 2])) for n in range(1, len(kept) - 1)]
    while len(kept) > least and turns and (turn := min(turns)) < SMALLEST_TURN:
        n = turns.index(turn)
        del kept[n + 1], turns[n]
        for beside in (n - 1, n):
            if 0 <= beside < len(turns):
                turns[beside] = max(turn, _triangle(*(point[2:] for point in kept[beside : beside + 3])))
    return [point[:2] for point in kept]


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def area(ring: Ring) -> float:
    """What a ring encloses, in square units."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]]))) / 2


def middle(ring: Ring) -> Point:
    """The middle of a ring's points."""
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)


def surrounds(ring: Ring, point: Point) -> bool:
    """Whether the point is inside."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def collect(atlas: Atlas, codes: Mapping[str, str], shapes: Shapes) -> None:
    """Add what the atlas knows of each country; a code that is there already stays as it is."""
    known = set(shapes.rings)
    for geometry in atlas.geometries:
        number = geometry.get("id")
        code = codes.get(number or "", "")
        if number == ANTARCTICA or code in known:
            continue
        _measure(shapes, code, list(atlas.rings(geometry, atlas.full)))
        light = list(atlas.rings(geometry, atlas.light))
        for ring in light:
            if area(ring) >= SMALLEST_ISLAND or ring is max(light, key=area):
                for owner, part in _owned(code, ring):
                    shapes.rings.setdefault(owner, []).append(part)


def _owned(code: str, ring: Ring) -> Iterator[tuple[str, Ring]]:
    """The ring under whose code it is drawn; parts that the United Nations do not count to a country are nobody's."""
    if code == "rus" and surrounds(ring, on_map(*CRIMEA)):
        yield "", ring
    elif code == "mar":
        border = on_map(0, WESTERN_SAHARA)[1]  # a parallel is a level line of this projection
        yield code, clipped(ring, 1, 1, border)
        yield "", clipped(ring, 1, -1, -border)
    else:
        yield code, ring


def _measure(shapes: Shapes, code: str, rings: Sequence[Ring]) -> None:
    if code and (total := sum(map(area, rings))) > shapes.areas.get(code, 0):
        shapes.areas[code] = total
        shapes.middles[code] = middle(max(rings, key=area))


def marks(shapes: Shapes) -> dict[str, tuple[Point, Point]]:
    """For each small state its place and where its mark stands: pushed apart until each can be pointed at."""
    places = {code: shapes.middles[code] for code in sorted(shapes.areas) if shapes.areas[code] < SMALL_STATE}
    stand = {code: list(place) for code, place in places.items()}
    for _ in range(400):
        for code, (x, y) in places.items():
            stand[code][0] += (x - stand[code][0]) * 0.02
            stand[code][1] += (y - stand[code][1]) * 0.02
        _push(list(stand.values()))
    return {code: (places[code], _inside(*stand[code])) for code in places}


def _push(stand: list[list[float]]) -> None:
    for n, one in enumerate(stand):
        for other in stand[:n]:
            gap = hypot(dx := one[0] - other[0], dy := one[1] - other[1]) or 0.01
            if gap < APART:
                by = (APART - gap) / gap / 2
                one[0], one[1] = one[0] + dx * by, one[1] + dy * by
                other[0], other[1] = other[0] - dx * by, other[1] - dy * by


def _inside(x: float, y: float) -> Point:
    return min(max(x, APART / 2), WIDTH - APART / 2), min(max(y, APART / 2), HEIGHT - APART / 2)


def path(rings: Sequence[Ring]) -> str:
    """The rings as the data of an SVG path, in whole units and steps from point to point."""
    return "".join(_ring(ring) for ring in rings)


def _ring(ring: Ring) -> str:
    points = [(round(x), round(y)) for x, y in ring]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(points) if (ax, ay) != (bx, by)]
    if steps and points[0] == points[-1]:
        steps.pop()  # "z" goes back by itself
    numbers = "".join(f" {n}" if n >= 0 else str(n) for step in _straight(steps) for n in step).lstrip()
    # What is smaller than a unit is a unit, so that it is there at all.
    return f"M{points[0][0]} {points[0][1]}" + (f"l{numbers}z" if numbers else "h1v1h-1z")


def _straight(steps: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The steps, those that go on in exactly the same direction as one."""
    found: list[tuple[int, int]] = []
    for dx, dy in steps:
        if found and found[-1][0] * dy == found[-1][1] * dx and found[-1][0] * dx + found[-1][1] * dy > 0:
            found[-1] = found[-1][0] + dx, found[-1][1] + dy
        else:
            found.append((dx, dy))
    return found


def drawing(shapes: Shapes) -> str:
    """The file of shapes: no colours, so that each page gives its own."""
    # Without lines: its neighbours have theirs, and between parts of one territory there is none.
    neutral = f'<path stroke="none" d="{path(shapes.rings.get("", []))}"/>'
    countries = [f'<path id="{code}" d="{path(shapes.rings[code])}"/>' for code in sorted(shapes.rings) if code]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><g id="land">'
    return "\n".join([head, neutral, *countries, "</g></svg>", ""])


def facts(shapes: Shapes) -> str:
    """What the server needs to know of the drawing."""
    standing = {
        code: [round(n) for point in (place, mark) for n in point] for code, (place, mark) in marks(shapes).items()
    }
    lines = ",\n".join(f"    {json.dumps(code)}: {json.dumps(place)}" for code, place in standing.items())
    codes = json.dumps(" ".join(sorted(code for code in shapes.rings if code)))
    return f'{{\n  "width": {WIDTH},\n  "height": {HEIGHT},\n  "codes": {codes},\n  "marks": {{\n{lines}\n  }}\n}}\n'


def main(folder: Path) -> int:
    """Write both files; the exit status is 1 when a country of the vocabulary has no shape."""
    vocabulary = json.loads((PROJECT / "fixtures/vocabularies/countries.json").read_text(encoding="utf-8"))
    codes = {country["m49"]: country["code"] for country in vocabulary}
    shapes = Shapes()
    collect(Atlas(folder / "countries-50m.json"), codes, shapes)
    if missing := set(codes.values()) - set(shapes.rings):
        # Tuvalu is too small for 1:50m.
        fine = {number: code for number, code in codes.items() if code in missing}
        more = Atlas(folder / "countries-10m.json")
        more.geometries = [geometry for geometry in more.geometries if geometry.get("id") in fine]
        collect(more, fine, shapes)
    (PROJECT / "static/maps").mkdir(exist_ok=True)
    (PROJECT / "static/maps/world.svg").write_text(drawing(shapes), encoding="utf-8")
    (PROJECT / "site/core/maps/geometry.json").write_text(facts(shapes), encoding="utf-8")
    missing = set(codes.values()) - set(shapes.rings)
    print(f"{len(shapes.rings) - 1} countries", f"without a shape: {sorted(missing)}" if missing else "")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
