"""Map and years of results: what they show is what the facets count, and choosing on them is choosing in the facets."""

from __future__ import annotations

import csv
from urllib.parse import quote

from django.test import Client

import pytest
from bs4 import BeautifulSoup, Tag

from tests.factories.entries import make_case, make_method, make_team

pytestmark = pytest.mark.django_db
_NAMES = ("Kenya", "Malta", "Uganda")


@pytest.fixture
def entries(repository: None) -> None:
    make_case(make_team("ken"), title="Wells", start_year=2012, end_year=2014)
    make_case(
        make_team("uga"), title="Wells again", terms={"countries": ["uga", "mlt"]}, start_year=2014, end_year=2014
    )
    make_method(title="Counting wells")


def look(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return BeautifulSoup(response.content, "html.parser")


def chart(page: BeautifulSoup, name: str) -> dict[str, str]:
    """Titles and addresses of what can be pointed at."""
    drawn = page.select_one(f"figure#{name} svg[aria-hidden]")
    assert isinstance(drawn, Tag)
    return {link.title.get_text(): link["href"] for link in drawn.select("a")}


def numbers(client: Client, address: str) -> dict[str, str]:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    rows = csv.DictReader(response.content.decode().splitlines())
    return {row["value"]: f"{row['label']}: {row['entries']}" for row in rows}


def test_the_map_chooses_countries_and_takes_choices_back(client: Client, entries: None) -> None:
    assert chart(look(client, "/en/search/?q=wells&country=uga&sort=title"), "map") == {
        "Kenya: 1": "?q=wells&country=ken&country=uga&sort=title#map",
        "Uganda: 1": "?q=wells&sort=title#map",
        "Malta: 1": "?q=wells&country=mlt&country=uga&sort=title#map",
    }


def test_years_choose_and_take_back_whatever_covers_them(client: Client, entries: None) -> None:
    page = look(client, "/en/search/?kind=case&year=2013-2014")
    assert chart(page, "years") == {
        "2012: 1": "?kind=case&year=2012&year=2013-2014#years",
        "2013: 1": "?kind=case#years",
        "2014: 2": "?kind=case#years",
    }
    assert [row.get_text(" ") for row in page.select("#years tbody tr")] == ["2012 1", "2013 1", "2014 2"]


def test_numbers_are_those_of_the_facet_under_the_same_search(client: Client, entries: None) -> None:
    page = look(client, "/en/cases/?q=wells&country=ken&page=1")
    address = page.select_one("#map .chart__numbers a")["href"]
    assert address == "/en/search/counts/country.csv?q=wells&kind=case&country=ken"
    found = numbers(client, address)
    assert {code: found[code] for code in ("ken", "uga", "mlt")} == {
        "ken": "Kenya: 1",
        "uga": "Uganda: 1",
        "mlt": "Malta: 1",
    }
    assert numbers(client, page.select_one("#years .chart__numbers a")["href"]) == {
        "2012": "2012: 1",
        "2013": "2013: 1",
        "2014": "2014: 1",
    }
    assert numbers(client, "/fr/search/counts/country.csv?kind=case")["uga"] == "Ouganda: 1"


def test_numbers_of_a_search_that_is_not_understood_are_refused(client: Client, entries: None) -> None:
    response = client.get("/en/search/counts/year.csv?theme=nonsense")
    assert response.status_code == 422
    assert response.content.decode() == "“nonsense” is not a value of “Theme” and was left out."
    assert client.get("/en/search/counts/nothing.csv").status_code == 404
    assert client.get("/en/search/counts/year.csv?sdg=4")["Location"] == "/en/search/counts/year.csv?sdg=sdg-04"


def test_a_tag_that_looks_like_a_formula_is_harmless(client: Client, repository: None) -> None:
    make_case(title="Wells", tags=["=1+1"])
    assert client.get("/en/search/counts/tag.csv").content.decode().splitlines()[1:] == ["'=1+1,'=1+1,1"]


def test_the_home_map_leads_to_the_countries(client: Client, entries: None) -> None:
    page = look(client, "/en/")
    places = {"Kenya: 1": "/en/countries/ken/", "Uganda: 1": "/en/countries/uga/", "Malta: 1": "/en/countries/mlt/"}
    assert chart(page, "map") == places
    assert [row.get_text(" ") for row in page.select("#map tbody tr")] == ["Kenya 1", "Malta 1", "Uganda 1"]
    assert [link["href"] for link in page.select("#map tbody a")] == [places[f"{name}: 1"] for name in _NAMES]
    assert page.select_one("#map .chart__numbers a")["href"] == "/en/search/counts/country.csv?kind=case"


def test_stages_of_a_subject_are_bars_in_their_order(client: Client, repository: None) -> None:
    make_case(title="Wells", levels={"design": 4, "collect": 4, "use": 2})
    make_case(title="Wells again", levels={"design": 1, "collect": 5})
    page = look(client, "/en/themes/health/")
    rows = page.select("#stage .chart__table tbody tr")
    assert [(row.a["href"].partition("stage=")[2], row.td.get_text(), row.rect["width"]) for row in rows] == [
        ("design", "2", "1000"),
        ("collect", "2", "1000"),
        ("use", "1", "500"),
    ]
    address = page.select_one("#stage .chart__numbers a")["href"]
    assert address == "/en/search/counts/stage.csv?theme=health"
    assert list(numbers(client, address)) == ["design", "collect", "use"]


def test_who_wants_no_pictures_gets_the_table_without_the_map(client: Client, entries: None) -> None:
    client.cookies["pictures"] = "off"
    page = look(client, "/en/")
    assert not page.select("svg.map__drawing, use")
    assert [row.get_text(" ") for row in page.select("#map tbody tr")] == ["Kenya 1", "Malta 1", "Uganda 1"]


def test_nothing_is_drawn_of_nothing(client: Client, repository: None) -> None:
    for path in ("/en/search/?q=" + quote("nothing at all"), "/en/"):
        assert not look(client, path).select("figure.map svg, figure.columns")
