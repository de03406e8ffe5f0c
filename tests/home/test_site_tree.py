"""The pages that every site has."""

from __future__ import annotations

from django.conf import settings
from django.core.management import CommandError, call_command

from wagtail.models import Locale, Page, Site

import pytest

from cases.models import TeamIndexPage
from home.models import HomePage, PlainPage
from home.site_tree import ensure_site_tree

pytestmark = pytest.mark.usefixtures("repository")
LANGUAGES = {code for code, _name in settings.LANGUAGES}


def state() -> list[tuple[object, ...]]:
    return [
        *Page.objects.order_by("path").values_list("pk", "path", "url_path", "title", "numchild", "latest_revision_id"),
        *Site.objects.values_list("pk", "hostname", "port", "root_page_id"),
        *Locale.objects.values_list("pk", "language_code"),
    ]


def test_every_language_has_a_live_home_page_that_translates_the_english_one() -> None:
    homes = HomePage.objects.select_related("locale")
    assert {home.locale.language_code for home in homes} == LANGUAGES
    assert all(home.live and home.introduction for home in homes)
    assert len({home.translation_key for home in homes}) == 1
    assert len({home.title for home in homes}) == len(LANGUAGES)


def test_every_language_has_a_list_of_teams_below_its_home_page() -> None:
    indexes = TeamIndexPage.objects.select_related("locale")
    assert {index.locale.language_code for index in indexes} == LANGUAGES
    assert len({index.translation_key for index in indexes}) == 1
    for index in indexes:
        assert index.get_parent().specific.locale == index.locale
        assert index.url == f"/{index.locale.language_code}/teams/"


def test_nothing_is_left_of_the_page_that_greets_installers() -> None:
    assert not Page.objects.filter(title__contains="Wagtail").exists()
    assert Page.objects.filter(depth=2).count() == len(LANGUAGES)


def test_running_it_again_changes_nothing() -> None:
    before = state()
    ensure_site_tree()
    call_command("setup_site")
    assert state() == before


def test_what_editors_wrote_is_left_as_it_is() -> None:
    about = PlainPage.objects.get(slug="about")
    about.title, about.body = "Ours", "<p>Ours alone.</p>"
    about.save_revision().publish()
    PlainPage.objects.get(slug="terms").delete()
    ensure_site_tree()
    about.refresh_from_db()
    assert (about.title, about.body) == ("Ours", "<p>Ours alone.</p>")
    assert PlainPage.objects.get(slug="terms").live


def test_a_language_that_went_missing_comes_back() -> None:
    Page.objects.get(pk=HomePage.objects.get(locale__language_code="da").pk).delete()
    ensure_site_tree()
    home = HomePage.objects.get(locale__language_code="da")
    assert home.translation_key == HomePage.objects.get(locale__language_code="en").translation_key
    assert TeamIndexPage.objects.child_of(home).count() == 1


@pytest.mark.parametrize(
    ("url", "hostname", "port"),
    [("https://data.example.org", "data.example.org", 443), ("http://127.0.0.1:8051", "127.0.0.1", 8051)],
)
def test_the_site_answers_where_the_settings_say(settings: object, url: str, hostname: str, port: int) -> None:
    settings.SITE_URL = url  # type: ignore[attr-defined]
    site = ensure_site_tree()
    assert (site.hostname, site.port, site.is_default_site) == (hostname, port, True)
    assert site.root_page.specific == HomePage.objects.get(locale__language_code="en")
    assert Site.objects.count() == 1


def test_the_contact_is_set_once_and_never_overwritten() -> None:
    call_command("setup_site", contact="first@example.org")
    call_command("setup_site", contact="second@example.org")
    assert HomePage.objects.get(locale__language_code="en").contact == "first@example.org"


def test_a_contact_that_is_no_address_is_refused_by_name() -> None:
    with pytest.raises(CommandError, match="--contact 'nobody'"):
        call_command("setup_site", contact="nobody")
    assert not HomePage.objects.exclude(contact="").exists()


@pytest.mark.parametrize("slug", ["about", "privacy", "terms", "accessibility"])
def test_plain_pages_have_texts_that_can_be_read(slug: str) -> None:
    page = PlainPage.objects.get(slug=slug)
    assert page.live
    assert page.show_in_menus
    assert page.search_description
    assert page.body.count("<h2>") >= 3
    assert len(page.body) > 1200
