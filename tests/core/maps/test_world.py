"""The world map: every country of the vocabulary can be drawn, is a link once, and the whole stays light."""

from __future__ import annotations

import gzip
import json
import re
from itertools import combinations
from math import hypot
from pathlib import Path

from django.conf import settings

from bs4 import BeautifulSoup

from core.maps import Place, world
from core.maps.drawing import LONGEST, TARGET
from core.maps.geometry import DRAWING, geometry
from core.maps.shades import bounds, shade, spans
from tools.world_map import CENTRE, on_map, surrounds

FILE = Path(settings.STATICFILES_DIRS[0]) / DRAWING
PAGE_WIDTH = 1216
PLACES = {
    "ken": Place("Kenya", 12, "?country=ken"),
    "mlt": Place("Malta", 1, "?country=mlt", chosen=True),
    "arm": Place("Հայաստան", 3, "?country=arm", lang="hy"),
}


def drawn(**how: object) -> BeautifulSoup:
    return BeautifulSoup(world(PLACES, title="Cases by country", **how), "html.parser")


def test_every_country_has_a_shape_of_its_own() -> None:
    vocabulary = json.loads((FILE.parents[2] / "fixtures/vocabularies/countries.json").read_text(encoding="utf-8"))
    shapes = re.findall(r'<path id="(\w+)" d="M\d', FILE.read_text(encoding="utf-8"))
    assert sorted(shapes) == sorted(country["code"] for country in vocabulary) == sorted(geometry().codes)


def test_the_drawing_is_light_and_has_no_colours() -> None:
    content = FILE.read_bytes()
    assert len(content) <= 60_000
    assert len(gzip.compress(content)) <= 20_000
    assert not re.search(rb"style|fill|stroke(?!=.none)|<script|href", content)


def test_marks_of_small_states_can_be_pointed_at() -> None:
    known = geometry()
    assert {"mlt", "tuv", "sgp", "lie", "vct"} <= set(known.marks)
    pixel = PAGE_WIDTH / known.width
    assert 2 * TARGET * pixel >= 24
    stands = [mark.stand for mark in known.marks.values()]
    assert min(hypot(ax - bx, ay - by) for (ax, ay), (bx, by) in combinations(stands, 2)) * pixel >= 22


def test_a_country_is_a_link_to_point_at_and_one_in_the_table() -> None:
    page = drawn(csv_url="/numbers.csv")
    picture = page.select_one("svg.map__drawing")
    assert picture["aria-hidden"] == "true"
    links = picture.select("a")
    assert {link["tabindex"] for link in links} == {"-1"}
    assert {link.title.get_text() for link in links} == {"Kenya: 12", "Malta: 1", "Հայաստան: 3"}
    assert [use["href"].partition("#")[2] for use in picture.select("use")] == ["land", "ken", "mlt", "arm"]
    table = [(row.a["href"], row.get_text(" ")) for row in page.select("tbody tr")]
    assert table == [("?country=ken", "Kenya 12"), ("?country=arm", "Հայաստան 3"), ("?country=mlt", "Malta 1")]
    assert page.select_one("tbody a[aria-current]")["href"] == "?country=mlt"
    assert page.select_one("tbody th[lang=hy]")
    assert page.select_one(".chart__numbers a")["href"] == "/numbers.csv"


def test_only_a_small_state_has_a_mark() -> None:
    picture = drawn().select_one("svg.map__drawing")
    assert {link["href"] for link in picture.select("a:has(circle)")} == {"?country=mlt"}
    assert len(picture.select("circle.map__field")) == 1
    assert all("is-chosen" in link["class"] for link in picture.select("a[href='?country=mlt']"))


def test_what_has_no_shape_stands_in_the_table_only() -> None:
    page = BeautifulSoup(world({"xxx": Place("Elsewhere", 2, "?country=xxx")}, title="Cases"), "html.parser")
    assert page.select_one("tbody th").get_text() == "Elsewhere"
    assert not page.select("svg.map__drawing a")


def test_addresses_too_long_to_be_repeated_are_left_out_of_the_drawing() -> None:
    place = Place("Kenya", 1, "?q=" + "a" * LONGEST)
    page = BeautifulSoup(world({"ken": place}, title="Cases"), "html.parser")
    assert not page.select("svg a")
    assert page.select_one("tbody a")["href"] == place.url


def test_shades_have_bounds_that_people_know() -> None:
    assert bounds([]) == ()
    assert bounds([3, 1]) == (1, 2, 3)
    assert bounds([12, 7]) == (1, 2, 5, 10)
    assert bounds([1500]) == (1, 10, 100, 1000)
    assert [shade(n, bounds([12])) for n in (1, 4, 5, 99)] == [1, 2, 4, 5]
    assert spans(bounds([12])) == [(1, 1, 1), (2, 2, 4), (4, 5, 9), (5, 10, None)]
    assert spans(bounds([2])) == [(1, 1, 1), (5, 2, 2)]
    assert spans(bounds([1])) == [(5, 1, 1)]
    assert spans(()) == []


def test_crimea_and_disputed_land_are_nobodys() -> None:
    """As decision 0030 says: the neutral shape holds them, no country does."""
    whole = FILE.read_text(encoding="utf-8")
    neutral = rings(re.search(r'<path stroke="none" d="([^"]+)"', whole)[1])
    countries = {code: rings(data) for code, data in re.findall(r'<path id="(\w+)" d="([^"]+)"', whole)}
    for longitude, latitude in ((34.2, 45.2), (-13.0, 24.5), (20.9, 42.6), (45.0, 9.5), (121.0, 24.0)):
        point = on_map(longitude - CENTRE, latitude)
        assert any(surrounds(ring, point) for ring in neutral), (longitude, latitude)
        assert not [code for code, shape in countries.items() if any(surrounds(ring, point) for ring in shape)]
    moscow = on_map(37.6 - CENTRE, 55.8)
    assert [code for code, shape in countries.items() if any(surrounds(ring, moscow) for ring in shape)] == ["rus"]


def rings(data: str) -> list[list[tuple[float, float]]]:
    """The outlines of a path of steps from point to point."""
    found = []
    for start_x, start_y, steps in re.findall(r"M(-?\d+) (-?\d+)l([-\d ]+)z", data):
        x, y = int(start_x), int(start_y)
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        ring = [(float(x), float(y))]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((float(x), float(y)))
        found.append(ring)
    return found
