"""Search and topic pages as a visitor sees them."""

from __future__ import annotations

from datetime import UTC, datetime

from django.test import Client

from wagtail.models import Page

import pytest
from bs4 import BeautifulSoup

from cases.models import Term
from cases.vocabularies.merge import merge_terms
from search.query import PAGE_SIZE
from tests.factories.entries import make_case, make_method, make_organisation, make_team, translate

pytestmark = pytest.mark.django_db


def look(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code, response.headers.get("Location"))
    return BeautifulSoup(response.content, "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [heading.get_text() for heading in page.select(".result__title")]


def text_of(page: BeautifulSoup, selector: str) -> str:
    found = page.select_one(selector)
    assert found, selector
    return " ".join(found.get_text().split())


def test_a_visitor_finds_a_case_by_word_and_country(client: Client, repository: None) -> None:
    make_case(make_team("ken"), title="Household survey of water points", summary="A survey of wells.")
    make_case(make_team("uga"), title="Survey in Uganda", terms={"countries": ["uga"]})
    page = look(client, "/en/search/?q=survey&country=ken")
    assert text_of(page, "#results-heading") == "1 result"
    assert [str(mark) for mark in page.select(".result mark")] == ["<mark>survey</mark>"] * 2
    assert page.select_one("input[name=country][value=ken]").has_attr("checked")
    # Uganda is still offered, with what choosing it would add.
    assert text_of(page.select_one("input[name=country][value=uga]").parent, ".facet__count") == "1"
    # Its region holds both.
    assert text_of(page.select_one("input[name=country][value=africa]").parent, ".facet__count") == "2"


def test_each_choice_can_be_taken_back(client: Client, repository: None) -> None:
    make_case(title="Survey")
    page = look(client, "/en/search/?q=survey&country=ken&theme=health&sort=title")
    assert {link["href"] for link in page.select("a.chip")} == {
        "?country=ken&theme=health&sort=title",
        "?q=survey&theme=health&sort=title",
        "?q=survey&country=ken&sort=title",
        "?sort=title",
    }
    assert [text_of(page, f"a.chip[href='{href}']") for href in ["?q=survey&theme=health&sort=title"]] == [
        "Remove Country or region: Kenya×"
    ]
    assert page.select_one("meta[name=robots]")["content"].startswith("noindex")
    assert not look(client, "/en/search/").select("meta[name=robots], a.chip")


def test_a_value_written_otherwise_redirects(client: Client, repository: None) -> None:
    response = client.get("/fr/search/?sdg=4&theme=nonsense&q=eau")
    assert (response.status_code, response["Location"]) == (302, "/fr/search/?sdg=sdg-04&theme=nonsense&q=eau")


def test_what_was_ignored_is_named_and_escaped(client: Client, repository: None) -> None:
    page = look(client, "/en/search/?theme=%3Cb%3Ex&color=red&utm_source=x")
    assert [notice.get_text() for notice in page.select(".notice")] == [
        "This search does not know “color”; it was left out.",
        "“<b>x” is not a value of “Theme” and was left out.",
    ]


def test_an_empty_list_says_what_to_leave_out(client: Client, repository: None) -> None:
    make_case(title="Wells", terms={"themes": ["energy"]})
    make_case(title="Other", terms={"themes": ["health"]})
    page = look(client, "/en/search/?q=wells&theme=health")
    assert text_of(page, "#results-heading") == "0 results"
    ways = [(link["href"], link.parent.get_text(" ", strip=True)) for link in page.select(".nothing__ways a")]
    assert ways == [("?theme=health", "the words (1 result)"), ("?q=wells", "Theme (1 result)")]
    # The choice that left nothing is still there, to be taken back.
    assert text_of(page.select_one("input[name=theme][value=health]").parent, ".facet__count") == "0"
    assert "Nothing matches" in text_of(look(client, "/en/search/?q=zzz&theme=ageing"), ".nothing")
    assert "Nothing is published" in text_of(look(client, "/en/methods/"), ".nothing")


def test_titles_are_never_markup(client: Client, repository: None) -> None:
    make_case(title="<script>alert('survey')</script>", summary="<img src=x onerror=alert(1)> survey")
    html = client.get("/en/search/?q=survey").content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;alert(&#x27;<mark>survey</mark>&#x27;)&lt;/script&gt;" in html


def test_drafts_do_not_leak_into_the_texts_that_are_searched(client: Client, repository: None) -> None:
    case = make_case(title="Published title")
    case.title = "Secret plan"
    case.problem = "<p>Whistleblower</p>"
    case.save_revision()
    make_case(title="Never published", problem="<p>Whistleblower</p>", live=False)
    assert titles(look(client, "/en/search/?q=whistleblower")) == []
    assert titles(look(client, "/en/search/?q=secret")) == []
    assert titles(look(client, "/en/search/?q=published")) == ["Published title"]


WORDS = [
    ("“open data”", ["Open data for all"]),
    ("data -open", ["Data, openly"]),
    ("OPEN", ["Open data for all"]),
    ("ecole", ["À l’école"]),
    ("l'École", ["À l’école"]),
    ("l’ecole", ["À l’école"]),
    ("إحصاءات", ["إِحْصَاءَات المُوَاطِن"]),
    ("水井", ["挖水井"]),
    ("井水", []),
    ("ope", []),
    ("100%", ["100% of_it"]),
    ("of_it", ["100% of_it"]),
]


def test_words(client: Client, repository: None) -> None:
    every = ["Open data for all", "Data, openly", "À l’école", "إِحْصَاءَات المُوَاطِن", "挖水井", "100% of_it"]
    for title in every:
        make_case(title=title, summary="-")
    # A name of the country in another language finds what is about it; no words at all find everything.
    for words, found in [*WORDS, ("кения", every), ("%", every), ("_", every)]:
        page = BeautifulSoup(client.get("/en/search/", {"q": words}).content, "html.parser")
        assert sorted(titles(page)) == sorted(found), words


def test_the_best_place_comes_first(client: Client, repository: None) -> None:
    body = make_case(title="A", summary="-", problem="<p>survey</p>")
    tagged = make_case(title="B", summary="-", tags=["survey"])
    summary = make_case(title="C", summary="The survey.")
    title = make_case(title="A survey of D", summary="-")
    exact = make_case(title="Survey", summary="-")
    order = [exact.title, title.title, summary.title, tagged.title, body.title]
    assert titles(look(client, "/en/search/?q=survey")) == order


def test_orders(client: Client, repository: None) -> None:
    for title, year in [("Émile", 2020), ("dune", 2022), ("Zoo", 2021)]:
        case = make_case(title=title)
        Page.objects.filter(pk=case.pk).update(first_published_at=datetime(year, 1, 1, tzinfo=UTC))
    assert titles(look(client, "/en/search/")) == ["dune", "Zoo", "Émile"]
    assert titles(look(client, "/en/search/?sort=title")) == ["dune", "Émile", "Zoo"]


def test_pages_follow_each_other_and_end(client: Client, repository: None) -> None:
    for number in range(PAGE_SIZE + 1):
        make_case(title=f"Survey {number}")
    pages = [look(client, f"/en/search/?q=survey&page={number}") for number in (1, 2)]
    shown = [title for page in pages for title in titles(page)]
    assert len(shown) == len(set(shown)) == PAGE_SIZE + 1
    assert pages[0].select_one("a[rel=next]")["href"] == "?q=survey&page=2"
    assert pages[1].select_one("a[rel=prev]")["href"] == "?q=survey"
    past = look(client, "/en/search/?q=survey&page=99")
    assert titles(past) == titles(pages[1])
    assert text_of(past, ".notice") == "There is no page 99; this is the last one."
    assert text_of(past, ".pagination [aria-current]") == "2"


def test_a_hit_shows_the_reader_s_language_or_says_which_it_shows(client: Client, repository: None) -> None:
    case = make_case(title="Household survey", summary="English summary.")
    translate(case, "fr", title="Enquête auprès des ménages", summary="Résumé.")
    in_french = look(client, "/fr/search/?q=survey")
    assert titles(in_french) == ["Enquête auprès des ménages"]
    assert not in_french.select_one(".result__title").has_attr("lang")
    in_arabic = look(client, "/ar/search/?q=enquete").select_one(".result__title")
    assert (in_arabic.get_text(), in_arabic["lang"], in_arabic["dir"]) == ("Household survey", "en", "ltr")
    in_danish = look(client, "/da/search/").select_one(".result__title")
    assert (in_danish.get_text(), in_danish.find_parent(attrs={"lang": True})["lang"]) == ("Household survey", "en")


def test_lists_hold_one_kind(client: Client, repository: None) -> None:
    make_case(title="A case")
    make_method(title="A method")
    assert titles(look(client, "/en/cases/")) == ["A case"]
    assert titles(look(client, "/en/methods/")) == ["A method"]
    assert not look(client, "/en/cases/").select("input[name=kind]")
    assert client.get("/en/cases/?kind=method&q=x")["Location"] == "/en/search/?kind=method&q=x"


def test_topics_show_what_is_known_and_what_is_missing(client: Client, repository: None) -> None:
    make_case(make_team("ken"), title="Kenyan case", terms={"themes": ["health", "energy"]})
    make_case(make_team("ken"), title="Draft on Uganda", terms={"countries": ["uga"]}, live=False)
    page = look(client, "/en/countries/ken/")
    assert titles(page) == ["Kenyan case"]
    assert [figure.get_text() for figure in page.select(".figures dd")] == ["1", "0"]
    themes = page.select_one("#theme")
    assert text_of(themes, ".coverage__share") == f"2 of {Term.objects.filter(vocabulary='themes').count()}"
    assert {link["href"] for link in themes.select(".coverage__known a")} == {
        "/en/search/?country=ken&theme=energy",
        "/en/search/?country=ken&theme=health",
    }
    # What is missing here leads to what is known of it elsewhere.
    assert themes.select_one(".coverage__missing a[href='/en/themes/education/']")
    assert not themes.select(".coverage__missing a[href='/en/themes/health/']")
    assert page.select_one("#stage .coverage__missing a[href^='/en/search/?stage=']")
    assert not page.select("#country")
    assert titles(look(client, "/en/themes/energy/")) == ["Kenyan case"]
    assert titles(look(client, "/en/groups/women/")) == ["Kenyan case"]


def test_a_region_tells_its_countries_apart_and_a_theme_names_regions(client: Client, repository: None) -> None:
    make_case(terms={"countries": ["ken"], "themes": ["health"]})
    make_case(terms={"countries": ["dnk"], "themes": ["energy"]})
    region = look(client, "/en/countries/eastern-africa/").select_one("#country")
    assert [link["href"] for link in region.select(".coverage__known a")] == ["/en/countries/ken/"]
    missing = {link["href"] for link in region.select(".coverage__missing a")}
    assert "/en/countries/uga/" in missing
    assert not missing & {"/en/countries/ken/", "/en/countries/dnk/", "/en/countries/egy/"}
    theme = look(client, "/en/themes/health/").select_one("#country")
    assert [link["href"] for link in theme.select(".coverage__known a")] == ["/en/search/?country=ken&theme=health"]
    missing = {link["href"] for link in theme.select(".coverage__missing a")}
    assert "/en/countries/northern-europe/" in missing
    assert not missing & {"/en/countries/eastern-africa/", "/en/countries/africa/", "/en/countries/uga/"}
    # The map's links are those of the list.
    page = look(client, "/en/themes/health/")
    assert [link["href"] for link in page.select(".map a.map__place")][:1] == ["/en/search/?country=ken&theme=health"]


def test_a_subject_without_entries_says_what_that_means_and_where_to_turn(client: Client, repository: None) -> None:
    make_case(terms={"countries": ["ken"]})
    page = look(client, "/en/countries/uga/")
    assert "Nothing is published on this yet" in text_of(page, ".state")
    ways = [link["href"] for link in page.select(".state a")]
    assert ways[:2] == ["/en/countries/eastern-africa/", "/en/countries/sub-saharan-africa/"]
    assert not page.select(".figures, .coverage")
    # Who speaks for a country can be asked, in the reader's language.
    assert look(client, "/fr/countries/uga/").select_one(".page-head a")["href"] == "/fr/teams/uga/"
    assert not look(client, "/fr/countries/dnk/").select(".page-head a")


def test_lists_of_topics_part_what_is_known_from_what_is_missing(client: Client, repository: None) -> None:
    make_case(terms={"countries": ["ken"], "themes": ["health"]})
    index = look(client, "/en/countries/")
    assert text_of(index, ".lead").startswith("There is something on 1 of 195;")
    assert text_of(index.select_one("a[href='/en/countries/africa/']").parent, ".count") == "1"
    assert [link["href"] for link in index.select(".shelf__known a")] == ["/en/countries/ken/"]
    assert len(index.select(".shelf__missing a")) == 194
    goals = look(client, "/en/sdgs/")
    assert len(goals.select(".goals li")) + len(goals.select(".topics-missing li")) == 17
    assert [link["href"] for link in look(client, "/en/themes/").select(".ways a")] == ["/en/themes/health/"]


def test_codes_of_topics(client: Client, repository: None) -> None:
    merge_terms(*(Term.objects.get(vocabulary="themes", code=code) for code in ("energy", "health")))
    assert client.get("/en/themes/energy/")["Location"] == "/en/themes/health/"
    assert client.get("/en/sdgs/4/")["Location"] == "/en/sdgs/sdg-04/"
    assert client.get("/en/countries/KEN/")["Location"] == "/en/countries/ken/"
    for unknown in ["/en/themes/nonsense/", "/en/countries/world/", "/en/organisations/nobody/", "/en/planets/mars/"]:
        assert client.get(unknown).status_code == 404


def test_organisations_of_drafts_stay_unknown(client: Client, repository: None) -> None:
    known, partner, secret = (make_organisation(name) for name in ("Known", "Partner", "Secret"))
    make_case(title="Public", lead=known, partners=[(partner, "funder")])
    make_case(title="Draft", lead=secret, live=False)
    names = [link.get_text() for link in look(client, "/en/organisations/").select(".topics__item a")]
    assert names == ["Known", "Partner"]
    assert titles(look(client, f"/en/organisations/{partner.slug}/")) == ["Public"]
    assert client.get(f"/en/organisations/{secret.slug}/").status_code == 404
    named = look(client, "/en/countries/ken/").select("#organisation a")
    assert [link["href"] for link in named] == [f"/en/organisations/{row.slug}/" for row in (known, partner)]
    covered = look(client, f"/en/organisations/{partner.slug}/")
    assert text_of(covered, "#country .coverage__known") == "Kenya 1"
    assert not covered.select("#country .coverage__missing, #theme .coverage__known a")
