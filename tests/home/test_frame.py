"""What surrounds every page: language, navigation, language switch, addresses."""

from __future__ import annotations

from django.conf import settings
from django.test import Client

from wagtail.models import Page, PageViewRestriction

import pytest

from home.models import HomePage, PlainPage
from tests.factories.entries import make_case, make_team, translate
from tests.home.reading import read

pytestmark = pytest.mark.usefixtures("repository")
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_home_page_answers_in_each_language_with_its_direction(client: Client, code: str) -> None:
    response = client.get(f"/{code}/")
    assert response.status_code == 200
    assert read(response).all("html") == [{"lang": code, "dir": "rtl" if code == "ar" else "ltr"}]
    assert HomePage.objects.get(locale__language_code=code).introduction in response.content.decode()


@pytest.mark.parametrize(("code", "interface"), [("fr", "fr"), ("da", "en"), ("pt", "en"), ("zh-hans", "zh-hans")])
def test_an_interface_that_falls_back_to_english_says_so(client: Client, code: str, interface: str) -> None:
    (header,) = read(client.get(f"/{code}/")).all("header")
    assert header["lang"] == interface


def test_the_root_leads_to_the_language_that_the_browser_prefers(client: Client) -> None:
    assert client.get("/", headers={"Accept-Language": "es,en;q=0.5"}).headers["Location"] == "/es/"
    assert client.get("/", headers={"Accept-Language": "xx"}).headers["Location"] == "/en/"


def test_navigation_marks_the_part_where_one_is(client: Client) -> None:
    links = read(client.get("/en/teams/ken/")).all("a", **{"aria-current": "true"})
    assert "/en/teams/" in [link["href"] for link in links]
    assert "/en/cases/" not in [link["href"] for link in links]


@pytest.mark.parametrize("path", ["search", "cases", "methods", "countries", "themes", "teams", "about"])
def test_every_entry_of_the_navigation_leads_somewhere(client: Client, path: str) -> None:
    assert read(client.get("/en/")).all("a", href=f"/en/{path}/")
    assert client.get(f"/en/{path}/").status_code == 200


def languages_of(client: Client, path: str) -> dict[str, str]:
    links = read(client.get(path)).all("a")
    return {link["hreflang"]: link["href"] for link in links if "lang" in link and link["lang"] == link.get("hreflang")}


def alternates_of(client: Client, path: str) -> dict[str, str]:
    links = read(client.get(path)).all("link", rel="alternate")
    return {link["hreflang"]: link["href"] for link in links}


def test_the_switch_leads_to_the_translation_and_says_where_there_is_none(client: Client) -> None:
    case = make_case(title="Air")
    french = translate(case, "fr", title="L'air")
    links = languages_of(client, case.url)
    assert links["fr"] == french.url
    assert links["en"] == case.url
    assert links["es"] == "/es/"
    translated, _sentence, others = client.get(case.url).content.decode().partition("Not translated into these")
    assert 'hreflang="fr" lang="fr"' in translated
    assert 'hreflang="es" lang="es"' in others
    assert alternates_of(client, case.url) == {
        "en": f"http://testserver{case.url}",
        "fr": f"http://testserver{french.url}",
    }


def test_a_translation_nobody_may_find_is_not_offered(client: Client) -> None:
    case = make_case(title="Air")
    french = translate(case, "fr", live=False)
    spanish = translate(case, "es")
    PageViewRestriction.objects.create(page=spanish.page_ptr, restriction_type=PageViewRestriction.LOGIN)
    links = languages_of(client, case.url)
    assert french.url not in links.values()
    assert links["es"] == "/es/"
    assert alternates_of(client, case.url) == {}


def test_an_address_that_is_no_page_keeps_its_question_in_another_language(client: Client) -> None:
    links = languages_of(client, "/en/search/?q=a%26b&country=ken")
    assert links["ar"] == "/ar/search/?q=a%26b&country=ken"
    assert "Not translated into these" not in client.get("/en/search/").content.decode()


def test_the_canonical_address_keeps_the_number_of_the_page_alone(client: Client) -> None:
    (link,) = read(client.get("/en/teams/ken/?page=2&utm_source=x")).all("link", rel="canonical")
    assert link["href"] == "http://testserver/en/teams/ken/?page=2"
    (link,) = read(client.get("/en/teams/ken/?page=%3Cb%3E")).all("link", rel="canonical")
    assert link["href"] == "http://testserver/en/teams/ken/"


def test_the_footer_names_the_plain_pages_in_the_language_where_there_is_one(client: Client) -> None:
    english = PlainPage.objects.get(slug="privacy")
    home = HomePage.objects.get(locale__language_code="fr")
    french = PlainPage(
        title="Vie privée", slug="vie-privee", body="<p>Rien.</p>", show_in_menus=True,
        locale=home.locale, translation_key=english.translation_key,
    )  # fmt: skip
    Page.objects.get(pk=home.pk).add_child(instance=french)
    footer = {link["href"]: link for link in read(client.get("/fr/")).all("a")}
    assert french.url in footer
    assert english.url not in footer
    assert footer["/en/terms/"]["lang"] == "en"


def test_a_plain_page_that_is_withdrawn_from_the_menu_leaves_it_at_once(client: Client) -> None:
    assert read(client.get("/en/")).all("a", href="/en/terms/")
    terms = PlainPage.objects.get(slug="terms")
    terms.unpublish()
    assert not read(client.get("/en/")).all("a", href="/en/terms/")


def test_the_contact_of_a_language_wins_over_the_english_one(client: Client) -> None:
    for code, address in (("en", "office@example.org"), ("fr", "bureau@example.org")):
        home = HomePage.objects.get(locale__language_code=code)
        home.contact = address
        home.save()
    assert read(client.get("/fr/")).all("a", href="mailto:bureau@example.org")
    assert read(client.get("/es/")).all("a", href="mailto:office@example.org")


def page_types() -> list[str]:
    case = make_case(make_team("ken"), title="Air")
    return [
        "/en/", "/ar/", "/en/about/", "/en/teams/", "/en/teams/ken/", case.url, "/en/search/", "/en/cases/",
        "/en/countries/", "/en/countries/ken/", "/en/themes/", "/en/nothing-here/",
    ]  # fmt: skip


def test_no_page_takes_anything_from_another_host(client: Client) -> None:
    for path in page_types():
        reading = read(client.get(path))
        loaded = [found for tag, found in reading.tags if tag in {"script", "img", "iframe", "source", "link"}]
        fetched = {found[name] for found in loaded for name in ("src", "href", "srcset") if name in found}
        own = ("/", "http://testserver/")
        assert fetched, path
        assert [address for address in fetched if not address.startswith(own) or address.startswith("//")] == [], path
        assert not reading.all("style"), path
        assert not [found for _tag, found in reading.tags if "style" in found], path


def test_every_style_sheet_and_icon_of_the_frame_exists(client: Client) -> None:
    from django.contrib.staticfiles import finders

    for path in ("/en/", "/en/teams/ken/"):
        addresses = [link["href"] for link in read(client.get(path)).all("link")]
        for address in addresses:
            if address.startswith("/static/"):
                assert finders.find(address.removeprefix("/static/")), address
        sheets = [address for address in addresses if address.startswith("/styles/")]
        assert sheets, path
        assert {client.get(address).status_code for address in sheets} == {200}
