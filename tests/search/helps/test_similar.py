"""Similar entries: alike both ways, never itself, never hidden, at the same cost for any number."""

from __future__ import annotations

from django.test import Client

import pytest
from bs4 import BeautifulSoup

from core.withdrawals import withdraw
from search.service import similar
from tests.factories.entries import make_case, make_method, translate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("repository")]


def titles(page, language: str = "en") -> list[str]:
    return [document.title for document in similar(str(page.translation_key), language, 4)]


def make_three():
    terms = {"themes": ["water-sanitation"], "population_groups": ["children"], "countries": ["ken"]}
    wells = make_case(title="Wells", terms=terms, tags=["wells"])
    pumps = make_case(title="Pumps", terms=terms, tags=["wells"])
    noise = make_case(title="Noise", terms={"themes": ["air-quality"], "countries": ["uga"]})
    return wells, pumps, noise


def test_what_is_most_alike_comes_first_both_ways_and_never_itself() -> None:
    wells, pumps, noise = make_three()
    assert titles(wells)[0] == "Pumps"
    assert titles(pumps)[0] == "Wells"
    for page in (wells, pumps, noise):
        assert page.title not in titles(page)
    assert len(titles(wells)) <= 4


def test_hidden_entries_are_never_similar() -> None:
    wells, pumps, _noise = make_three()
    make_case(title="Draft pumps", live=False, tags=["wells"])
    assert "Draft pumps" not in titles(wells)
    withdraw(pumps, reason="consent-withdrawn", public_reason="", by=None, reference="")
    assert "Pumps" not in titles(wells)
    assert titles(pumps) == []


def test_cases_and_methods_show_them_in_the_readers_language(client: Client) -> None:
    wells, pumps, _noise = make_three()
    translate(pumps, "fr", title="Pompes")
    method = make_method(title="Walks", tags=["wells"])
    for page in (wells, method):
        drawn = BeautifulSoup(client.get(page.url).content, "html.parser")
        assert drawn.select_one(".similar h3 a")
        assert page.url not in {link["href"] for link in drawn.select(".similar h3 a")}
    assert titles(wells, "fr")[0] == "Pompes"
