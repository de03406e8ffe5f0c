"""What axe says of the frame with its menu of languages open, and how it fits a small telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.conftest import load_base
from tests.factories.entries import make_case, make_method, make_team, translate

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATHS = ["/en/", "/ar/", "/en/about/", "/en/teams/", "/en/teams/ken/", "/ar/teams/ken/", "/en/nothing-here/"]
TOO_SMALL = """() => [...document.querySelectorAll("a, button, summary, input, select")]
  .filter((element) => !element.closest(".prose, p, th, td, .skip-link, .card, .result, svg"))
  .filter((element) => { const box = element.getBoundingClientRect(); return box.height > 1 && box.height < 24 })
  .map((element) => element.outerHTML)"""


@pytest.fixture
def _entries() -> None:
    load_base()
    case = make_case(make_team("ken"), title="Air", terms={"sdgs": ["sdg-11"]})
    translate(case, "ar", title="الهواء")
    make_method(make_team("ken"), title="Walks")


@pytest.mark.usefixtures("_entries")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_say(
    live_server: LiveServer, page: Page, axe: Callable[[Page], list[str]], scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found = {}
    for path in ("/en/", "/ar/teams/ken/"):
        page.goto(f"{live_server.url}{path}")
        page.locator(".languages summary").click()
        found[path] = axe(page)
    assert {path: complaints for path, complaints in found.items() if complaints} == {}


@pytest.mark.usefixtures("_entries")
def test_a_small_telephone_needs_no_sideways_scrolling_and_targets_are_big_enough(
    live_server: LiveServer, page: Page
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for path in PATHS:
        page.goto(f"{live_server.url}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert page.evaluate(TOO_SMALL) == [], path


@pytest.mark.usefixtures("_entries")
def test_the_first_key_leads_to_the_content_and_languages_open_without_scripts(
    live_server: LiveServer, page_without_javascript: Page
) -> None:
    page = page_without_javascript
    page.goto(f"{live_server.url}/en/teams/ken/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#content")
    page.locator(".languages summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="العربيّة").click()
    page.wait_for_url("**/ar/teams/ken/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("article a").first.inner_text() in {"الهواء", "Walks"}
