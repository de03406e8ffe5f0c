"""Whatever stands behind the question mark, the search page answers 200."""

from __future__ import annotations

import random
from urllib.parse import quote_plus

from django.test import Client

import pytest

from search.facets import FACETS
from tests.factories.entries import make_case

pytestmark = pytest.mark.django_db

NAMES = [*FACETS, "q", "sort", "page", "year_from", "year_to", "utm_source", "csrfmiddlewaretoken", "", "q[]", "Q", "é"]
VALUES = [
    "",
    " ",
    "ken",
    "KEN",
    "kenya",
    "world",
    "sdg-04",
    "4",
    "sdg=4",
    "17",
    "00",
    "2015",
    "2015-2020",
    "2020-2015",
    "-",
    "--",
    "2015-",
    "-2015",
    "99999",
    "0",
    "-1",
    "1",
    "2",
    "9" * 5000,
    "1e9",
    "٣",
    "null",
    "None",
    "NaN",
    "title",
    "relevance",
    "random",
    "\x00",
    "a\x00b",
    "%00",
    "\ud800",
    "\u202e",
    "\ufeff",
    "😀",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    '"',
    '""',
    '"un closed',
    "-",
    "-word",
    '-"a b"',
    "- -",
    "*",
    "%",
    "_",
    "\\",
    "a" * 40_000,
    "公民数据" * 90,
    "l'école",
    "؟",
    "(",
    "[",
    "{",
    "{{ 7*7 }}",
    "${x}",
    "../../etc/passwd",
    "\r\nX: y",
    "ﷺ" * 50,
    "İ",
    "ß",
    "survey " * 200,
    "e\u0301" * 400,
]
RAW = ["&&&", "===", "%", "%zz", "%ff%fe", "q=%ed%a0%80", "=", "a=b=c", ";", "q=+", "?q=?", "#", "\xff\xfe", "page=%00"]
COUNT, PARTS = 4000, 4


def some_address(chance: random.Random) -> str:
    """Names and values right, wrong and absurd, and now and then bytes that are no query string at all."""
    pairs = []
    for _ in range(chance.choice([0, 1, 1, 2, 3, 6])):
        value = chance.choice(VALUES)
        if chance.random() < 0.2:
            value = "".join(chr(chance.choice([*range(1, 0x180), *range(0x600, 0x660), 0x4E00])) for _ in range(9))
        pairs.append(f"{quote_plus(chance.choice(NAMES))}={quote_plus(value, errors='surrogatepass')}")
    return "&".join([*pairs, *([chance.choice(RAW)] if chance.random() < 0.2 else [])])


# Half of them are for `make drill`; PostgreSQL is asked a quarter in CI.
ONCE = pytest.param(1, marks=pytest.mark.once)
LONG = [pytest.param(part, marks=pytest.mark.drill) for part in range(2, PARTS)]


@pytest.mark.parametrize("part", [0, ONCE, *LONG])
def test_any_query_string_answers_200(client: Client, repository: None, part: int) -> None:
    make_case(title="Survey of schools", summary="An l’école survey")
    chance = random.Random(f"20261123/{part}")
    redirects = 0
    for _ in range(COUNT // PARTS):
        address = some_address(chance)
        path = chance.choice(["/en/search/", "/en/search/", "/en/cases/", "/ar/methods/"])
        response = client.get(path, QUERY_STRING=address)
        if response.status_code == 302:
            redirects += 1
            response = client.get(response["Location"])
        assert response.status_code == 200, address[:500]
    assert redirects < COUNT // PARTS / 2


@pytest.mark.parametrize(
    "address",
    [
        "&".join(f"theme=t{n}" for n in range(5000)),
        "&".join(f"p{n}=1" for n in range(5000)),
        "&".join(f"year={n}" for n in range(1000, 2500)),
        "q=" + "x" * 3_000_000,
        "page=" + "9" * 6000,
    ],
    ids=["values", "parameters", "years", "megabytes", "digits"],
)
def test_too_much_of_anything_is_cut_off_and_said(client: Client, repository: None, address: str) -> None:
    response = client.get("/en/search/", QUERY_STRING=address)
    assert response.status_code == 200
    assert b'class="notice"' in response.content
    assert len(response.content) < 300_000


@pytest.mark.parametrize("path", ["/en/countries/", "/en/countries/ken/", "/en/organisations/"])
def test_topics_bear_any_query_string_too(client: Client, repository: None, path: str) -> None:
    for address in ["page=" + "9" * 6000, "&".join(f"p{n}=1" for n in range(5000)), "page=%00&q=%ff"]:
        assert client.get(path, QUERY_STRING=address).status_code == 200
