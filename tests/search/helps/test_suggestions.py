"""Suggestions: what fits first, nothing hidden, the same cost for whatever is typed."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from wagtail.models import PageViewRestriction

import pytest
from bs4 import BeautifulSoup

from cases.versions.keeping import erase
from core.withdrawals import withdraw
from search.suggestions.finding import LIMIT, suggest
from tests.factories.entries import make_case, make_method, make_organisation, make_team, publish, translate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("repository")]


def texts(raw: str, language: str = "en") -> list[str]:
    with translation.override(language):
        return [suggestion.text for suggestion in suggest(raw, language)]


def test_titles_that_begin_so_come_before_terms_and_organisations() -> None:
    make_case(title="Drinking water", terms={"themes": ["water-sanitation"]}, lead=make_organisation("Water Network"))
    make_case(title="Water in the hills")
    found = texts("wat")
    assert found == ["Water in the hills", "Water, sanitation and hygiene", "Water Network", "Drinking water"]


def test_by_the_beginning_of_any_word_folded() -> None:
    make_case(title="L’école des Élèves", language="fr")
    for typed in ("ecol", "ÉLÈ", "l'éco", "ecole el", "  élèves "):
        assert "L’école des Élèves" in texts(typed), typed
    assert texts("cole") == []
    assert texts("eco ele") == []  # only the last word may be unfinished


@pytest.mark.parametrize("typed", ["", "  ", '"', "-", "…", "%", "_", "\x00"])
def test_nothing_for_a_text_without_words(typed: str) -> None:
    make_case(title="Any")
    assert texts(typed) == []


def test_arabic_words_are_found_without_their_article_and_han_by_its_first_signs() -> None:
    make_case(title="قياس المياه", language="ar")
    make_case(title="社区水质监测", language="zh-hans")
    assert "قياس المياه" in texts("ميا", "ar")
    assert "社区水质监测" in texts("水质", "zh-hans")


def test_the_readers_language_comes_first_and_an_entry_once() -> None:
    case = make_case(title="Agua")
    translate(case, "es", title="Agua limpia")
    assert [text for text in texts("agua", "es") if text.startswith("Agua")] == ["Agua limpia"]
    assert [text for text in texts("agua", "en") if text.startswith("Agua")] == ["Agua"]


def test_terms_are_found_in_all_languages_and_shown_in_the_readers() -> None:
    make_case(terms={"population_groups": ["persons-with-disabilities"], "countries": ["ken"]})
    (term,) = [s for s in suggest("discapa", "en") if "Persons" in s.text]
    assert (term.text, term.lang, term.count) == ("Persons with disabilities", "en", 1)
    assert "group=persons-with-disabilities" in term.url
    assert "Personnes handicapées" in texts("discapa", "fr")
    assert texts("discapa", "ar") == ["الأشخاص ذوو الإعاقة"]
    (africa,) = [s for s in suggest("afri", "en") if s.text == "Africa"]
    assert africa.count == 1  # a region counts what is in its countries


def test_terms_and_organisations_without_a_published_entry_are_not_named() -> None:
    make_organisation("Zebra Trust")
    make_case(title="Zebra draft", lead=make_organisation("Zebra Office"), live=False)
    assert texts("zeb") == []
    assert "Refugees" not in texts("refug")


def hide_by_withdrawal(case):
    withdraw(case, reason="consent-withdrawn", public_reason="", by=None, reference="")


def hide_by_unpublishing(case):
    case.unpublish()


def hide_by_restriction(case):
    PageViewRestriction.objects.create(page=case.get_parent(), restriction_type=PageViewRestriction.LOGIN)


def hide_by_deletion(case):
    for page in case.get_translations(inclusive=True).order_by("-pk"):
        erase(page)


@pytest.mark.parametrize("hide", [hide_by_withdrawal, hide_by_unpublishing, hide_by_restriction, hide_by_deletion])
def test_what_is_hidden_is_gone_at_once_with_its_counts_and_organisations(hide) -> None:
    case = make_case(title="Quagga census", lead=make_organisation("Quagga Society"), terms={"themes": ["health"]})
    translate(case, "fr", title="Quagga en français")
    shown = suggest("quag", "en") + suggest("healt", "en")
    assert {"Quagga census", "Quagga Society"} < {s.text for s in shown}
    hide(case)
    assert suggest("quag", "en") == []
    assert suggest("quag", "fr") == []
    assert [s for s in suggest("healt", "en") if s.count] == []


def test_a_new_title_is_suggested_at_once_and_the_old_one_no_longer() -> None:
    case = make_case(title="Okapi")
    assert texts("okap") == ["Okapi"]
    case.title = "Bonobo"
    publish(case)
    assert (texts("okap"), texts("bonob")) == ([], ["Bonobo"])


def test_at_most_ten_and_the_same_sql_for_any_number() -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(suggest("w", "en")) <= LIMIT
        return len(captured)

    make_case(title="Well 0", lead=make_organisation("Well 0"))
    suggest("w", "en")
    few = cost()
    for number in range(1, 30):
        make_case(make_team("ken"), title=f"Well {number}", lead=make_organisation(f"Well {number}"))
        make_method(title=f"Wall {number}")
    assert len(suggest("w", "en")) == LIMIT
    assert cost() == few <= 6


def test_a_page_without_script_and_a_list_for_scripts(client: Client) -> None:
    make_case(title='<b>Wells</b> & "more"', lead=make_organisation("Wells United"))
    page = BeautifulSoup(client.get("/fr/search/suggest/?q=wells").content, "html.parser")
    links = page.select(".topics__item a")
    assert [link.get_text() for link in links] == ["Wells United", '<b>Wells</b> & "more"']
    assert client.get(links[1]["href"]).status_code == 200
    assert page.select_one("input[name=q][value=wells]")
    part = client.get("/en/search/suggest/?q=wells&part=list")
    assert part["Cache-Control"] == "no-store"
    fragment = BeautifulSoup(part.content, "html.parser")
    assert fragment.select_one("html, b") is None
    assert fragment.select_one("[role=option]")["data-url"].startswith("/en/organisations/")
    assert fragment.div["data-status"].startswith("2 suggestions")


@pytest.mark.parametrize("typed", ["%00%ff", "x" * 5000, "%22%3E%3Cscript%3E", "-", "%F0%9F%A6%93"])
def test_any_text_is_answered(client: Client, typed: str) -> None:
    for path in (f"/en/search/suggest/?q={typed}", f"/en/search/suggest/?part=list&q={typed}"):
        response = client.get(path)
        assert response.status_code == 200
        assert b"<script>" not in response.content.replace(b"<script src", b"")
