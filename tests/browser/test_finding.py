"""A visitor finds a case with the keyboard alone, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("entries")]
FOCUS = """() => {
  const e = document.activeElement;
  return `${e.tagName} ${e.name || ''} ${e.value || ''} ${e.innerText || ''}`;
}"""


def tab_to(page: Page, wanted: str, limit: int = 150) -> None:
    """Press Tab until the focused element's description holds `wanted`."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if wanted in page.evaluate(FOCUS):
            return
    pytest.fail(f"{limit} tabs did not reach {wanted}")


def test_find_a_case_by_keyboard_without_javascript(live_server: LiveServer, page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto(f"{live_server.url}/en/")
    tab_to(page, "INPUT q")
    page.keyboard.type("wells")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=wells*")
    assert page.locator(".result").count() == 2
    assert page.locator(".result mark").first.inner_text().lower() == "wells"

    country = page.locator("input[name=country][value=ken]")
    while not country.is_visible():
        tab_to(page, "SUMMARY")
        page.keyboard.press("Enter")
    tab_to(page, "INPUT country ken")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**country=ken*")
    assert page.locator(".result").count() == 1
    assert page.locator("input[name=country][value=ken]").is_checked()

    tab_to(page, "A   Wells that people measure")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/teams/ken/wells/")
    assert page.get_by_role("heading", level=1).inner_text() == "Wells that people measure"


def test_from_a_country_to_what_is_known_there_by_keyboard_without_javascript(
    live_server: LiveServer, page_without_javascript: Page
) -> None:
    page = page_without_javascript
    page.goto(f"{live_server.url}/en/")
    tab_to(page, "A   Kenya")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/countries/ken/")
    assert page.locator(".figures dd").all_inner_texts() == ["2", "0"]
    tab_to(page, "A   Water, sanitation")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?country=ken&theme=water-sanitation")
    assert page.locator(".result__title").all_inner_texts() == ["Wells that people measure"]


def test_a_choice_is_taken_back_by_its_chip_without_javascript(
    live_server: LiveServer, page_without_javascript: Page
) -> None:
    page = page_without_javascript
    page.goto(f"{live_server.url}/en/search/?q=wells&country=ken&theme=water-sanitation")
    assert page.locator(".result").count() == 1
    page.locator(".chip", has_text="Kenya").click()
    page.wait_for_url("**/en/search/?q=wells&theme=water-sanitation")
    page.locator(".chip", has_text="wells").click()
    page.wait_for_url("**/en/search/?theme=water-sanitation")


SEARCH_PAGES = [
    "/en/search/",
    "/en/search/?q=wells&country=ken",
    "/en/search/?q=nothingatall&country=ken",
    "/en/search/?country=zzz&page=9&sort=odd&q=%22",
    "/ar/search/?q=%D8%A2%D8%A8%D8%A7%D8%B1",
    "/en/cases/",
    "/en/methods/",
    "/en/countries/",
    "/en/countries/ken/",
    "/en/countries/africa/",
    "/en/themes/",
    "/en/themes/water-sanitation/",
    "/en/groups/women/",
    "/en/sdgs/sdg-06/",
    "/en/organisations/water-network/",
    "/en/themes/youth/",
    "/en/countries/dnk/",
    "/ar/countries/",
    "/ar/teams/ken/",
    "/en/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_say_of_pages_that_list(
    live_server: LiveServer, page: Page, axe: Callable[[Page], list[str]], scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found = {}
    for path in SEARCH_PAGES:
        answer = page.goto(f"{live_server.url}{path}")
        assert answer is not None
        assert answer.status == 200, path
        found[path] = axe(page)
    assert {path: complaints for path, complaints in found.items() if complaints} == {}


def test_pages_that_list_fit_a_small_telephone(live_server: LiveServer, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for path in SEARCH_PAGES:
        page.goto(f"{live_server.url}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
