"""Home page, teams, plain pages, errors: what they show and what they cost."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from wagtail.models import PageViewRestriction

import pytest

from core.models import Withdrawal, WithdrawnAddress
from tests.factories.entries import make_case, make_method, make_team, team_page, translate
from tests.home.reading import Reading, read

repository = pytest.mark.usefixtures("repository")


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


def figures(client: Client) -> list[str]:
    text = text_of(client, "/en/")
    return [part.split("</a>")[0].rsplit(">", 1)[1] for part in text.split("<dd>")[1:4]]


@repository
def test_the_home_page_counts_what_can_be_found_and_nothing_else(client: Client) -> None:
    assert figures(client) == ["0", "0", "0"]
    make_case(terms={"countries": ["ken", "uga"]})
    make_case(terms={"countries": ["ken"]})
    make_case(live=False, terms={"countries": ["dnk"]})
    restricted = make_case(terms={"countries": ["ind"]})
    PageViewRestriction.objects.create(page=restricted.page_ptr, restriction_type=PageViewRestriction.LOGIN)
    make_method()
    assert figures(client) == ["2", "1", "2"]


@repository
def test_the_home_page_shows_the_newest_cases_first_and_six_of_them(client: Client) -> None:
    for number in range(8):
        case = make_case(title=f"Numbered {number}")
        case.first_published_at = timezone.now() - timedelta(days=10 - number)
        case.save()
    text = text_of(client, "/en/")
    places = [text.find(f"Numbered {number}<") for number in range(8)]
    assert places[:2] == [-1, -1]
    assert places[2:] == sorted(places[2:], reverse=True)
    assert -1 not in places[2:]


@repository
def test_the_home_page_leads_to_countries_themes_and_goals(client: Client) -> None:
    chosen = {"countries": ["ken"], "themes": ["education"], "sdgs": ["sdg-04"], "population_groups": ["women"]}
    make_case(terms=chosen)
    reading = read(client.get("/fr/"))
    leads = ("countries/ken", "countries/africa", "themes/education", "groups/women", "sdgs/sdg-04")
    for path in (f"/fr/{lead}/" for lead in leads):
        assert reading.all("a", href=path), path
        assert client.get(path).status_code == 200


@repository
def test_an_empty_repository_says_so(client: Client) -> None:
    assert "Nothing has been published yet." in text_of(client, "/en/")
    assert "This team has not published anything yet." in text_of(client, "/en/teams/ken/")


@repository
def test_teams_stand_by_name_with_their_numbers_of_findable_entries(client: Client) -> None:
    make_case(make_team("uga"))
    make_method(make_team("uga"))
    make_case(make_team("uga"), live=False)
    translate(make_case(make_team("ken")), "fr")
    text = text_of(client, "/en/teams/")
    rows = text.split('<ul class="rows"')[1].split("</ul>")[0].split("<li>")[1:]
    found = {row.split("</a>")[0].rsplit(">", 1)[1]: row.rsplit("<span", 1)[1].split(">")[1] for row in rows}
    names = {code: team_page(make_team(code)).title for code in ("international", "ken", "uga")}
    assert list(found) == sorted(names.values())
    assert found[names["uga"]].startswith("2 entries")
    assert found[names["ken"]].startswith("1 entry")
    assert found[names["international"]].startswith("0 entries")


@repository
def test_a_team_page_shows_its_own_entries_in_the_readers_language(client: Client) -> None:
    own = make_case(make_team("ken"), title="Kenyan air")
    translate(own, "fr", title="L’air du Kenya")
    make_method(make_team("ken"), title="Kenyan way")
    make_case(make_team("uga"), title="Ugandan air")
    make_case(make_team("ken"), title="Kenyan draft", live=False)
    english, french = text_of(client, "/en/teams/ken/"), text_of(client, "/fr/teams/ken/")
    assert "Kenyan air" in english
    assert "Kenyan way" in english
    assert "Ugandan air" not in english + french
    assert "Kenyan draft" not in english + french
    assert "L’air du Kenya" in french
    assert "Kenyan air<" not in french


@repository
def test_a_team_page_goes_by_pages_and_takes_any_number(client: Client) -> None:
    for number in range(21):
        make_case(make_team("ken"), title=f"Numbered {number}")
    first = text_of(client, "/en/teams/ken/")
    assert "Page 1 of 2" in first
    assert first.count("<article") == 20
    assert text_of(client, "/en/teams/ken/?page=2").count("<article") == 1
    for number in ("99", "0", "-1", "x", "%00", "9" * 40):
        assert "<article" in text_of(client, f"/en/teams/ken/?page={number}")


@repository
def test_a_team_page_names_countries_languages_and_contact(client: Client) -> None:
    team = make_team("ken")
    team.contact = "team@example.org"
    team.save()
    translate(make_case(team), "ar")
    text = text_of(client, "/en/teams/ken/")
    assert 'href="/en/countries/ken/"' in text
    assert "mailto:team@example.org" in text
    assert "Arabic" in text.split('id="language"')[1]


@repository
@pytest.mark.parametrize("slug", ["about", "privacy", "terms", "accessibility"])
def test_plain_pages_are_served_with_where_one_is(client: Client, slug: str) -> None:
    response = client.get(f"/en/{slug}/")
    assert response.status_code == 200
    reading = read(response)
    assert len(reading.all("h1")) == 1
    assert reading.all("a", href="/en/")
    assert reading.all("meta", name="description")[0]["content"].endswith(".")


PATHS = ["/en/", "/fr/", "/en/teams/", "/en/teams/ken/", "/en/about/"]


def costs(client: Client) -> dict[str, int]:
    """Number of SQL of the second view of each page: the first fills caches."""
    found = {}
    for path in PATHS:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        found[path] = len(captured)
    return found


def add_entries(count: int) -> None:
    for number in range(count):
        case = make_case(make_team("ken"), terms={"themes": ["health", "education"]})
        if number % 5 == 0:
            translate(case, "fr")


@pytest.mark.once
@repository
def test_the_cost_of_a_page_does_not_grow_with_what_it_shows(client: Client) -> None:
    add_entries(1)
    at_one = costs(client)
    add_entries(49)
    for code in ("dnk", "ind", "per"):
        make_team(code)
    assert costs(client) == at_one
    # Nine of them are Wagtail's way through the tree, ten are the search.
    assert max(at_one.values()) <= 22


@repository
def test_header_and_footer_cost_no_sql_once_the_menu_is_known(client: Client) -> None:
    client.get("/en/nothing-here/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/en/nothing-here/")
    assert not [query["sql"] for query in captured if "home_plainpage" in query["sql"]]


@repository
def test_not_found_offers_search_and_home_pages_but_no_translation(client: Client) -> None:
    response = client.get("/ar/teams/nobody/")
    assert response.status_code == 404
    reading = read(response)
    assert reading.all("html")[0]["dir"] == "rtl"
    assert reading.all("a", href="/ar/search/")
    assert reading.all("a", href="/fr/")
    assert reading.all("meta", name="robots")
    assert not reading.all("link", rel="canonical")


@repository
def test_gone_gives_reference_and_reason_and_no_content(client: Client) -> None:
    case = make_case(title="Taken back")
    path = case.url
    case.unpublish()
    withdrawal = Withdrawal.objects.create(
        reference=case.reference,
        translation_key=case.translation_key,
        reason="consent-withdrawn",
        public_reason="The community withdrew its <consent>.",
    )
    WithdrawnAddress.objects.create(withdrawal=withdrawal, path=path)
    response = client.get(path)
    html = response.content.decode()
    assert response.status_code == 410
    assert case.reference in html
    assert "The community withdrew its &lt;consent&gt;." in html
    assert "Taken back" not in html
    assert case.summary not in html


@pytest.mark.parametrize(("code", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_the_page_of_a_fault_needs_neither_database_nor_context(code: str, direction: str) -> None:
    with translation.override(code):
        reading = Reading(get_template("500.html").render())
    assert reading.all("html") == [{"lang": code, "dir": direction}]
    assert len(reading.all("h1")) == 1
    assert all(address.startswith("/") and not address.startswith("//") for address in reading.addresses())


@repository
def test_the_dashboard_greets_and_leaves_out_news_of_the_software(admin_client: Client) -> None:
    html = admin_client.get("/admin/").content.decode()
    assert "How this site is edited" in html
    assert "Citizen data case repository" in html
    assert "whats-new-in-wagtail" not in html


@repository
def test_setup_says_where_the_site_answers_and_that_a_contact_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("setup_site")
    told = capsys.readouterr().out
    assert "http://testserver/" in told
    assert "--contact" in told
    call_command("setup_site", contact="office@example.org")
    assert "--contact" not in capsys.readouterr().out
