"""A visitor finds a case with the keyboard alone, without JavaScript."""

from __future__ import annotations

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
