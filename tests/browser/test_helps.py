"""Suggestions by keyboard, and filters that act at once, in Chromium; without JavaScript the same by submitting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.factories.entries import make_case

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("entries")]


def focused(page: Page) -> str:
    return str(page.evaluate("(({id, name, value}) => id || `${name}=${value}`)(document.activeElement)"))


def announced(page: Page) -> Locator:
    return page.locator("[data-announcement]")


def listen(page: Page, base: str) -> list[str]:
    """Everything that should not happen: requests to others, errors, whole page loads beyond the first."""
    heard: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(base) else heard.append(request.url))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    return heard


def test_suggestions_by_keyboard(live_server: LiveServer, page: Page, axe: Callable[[Page], list[str]]) -> None:
    heard = listen(page, live_server.url)
    page.goto(f"{live_server.url}/en/")
    box = page.get_by_role("combobox", name="What are you looking for?")
    box.press_sequentially("wel")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert options.first.inner_text().startswith("Wells")
    status = page.locator("[role=status]", has_text="reached with the arrow keys")
    assert status.inner_text().startswith(f"{options.count()} suggestion")
    assert axe(page) == []

    box.press("ArrowDown")
    box.press("ArrowDown")
    active = page.locator("[role=option][aria-selected=true]")
    assert active.count() == 1
    assert box.get_attribute("aria-activedescendant") == active.get_attribute("id")
    box.press("ArrowUp")
    box.press("ArrowUp")  # back in the box itself
    assert active.count() == 0
    assert box.get_attribute("aria-activedescendant") is None

    box.press("Escape")
    assert (options.count() and options.first.is_visible(), box.input_value()) == (False, "wel")
    assert box.get_attribute("aria-expanded") == "false"
    box.press("ArrowDown")  # opens again
    options.first.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/en/teams/**")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Wells")
    assert heard == []


def test_enter_without_a_chosen_suggestion_searches(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/ar/search/")
    box = page.locator("#search-words")
    box.press_sequentially("wells")
    page.get_by_role("option").first.wait_for()
    box.press("Enter")
    page.wait_for_url("**/ar/search/?q=wells")
    page.locator(".chip").first.wait_for()
    assert page.get_by_role("option").count() == 0
    assert page.get_by_role("combobox").count() == 1  # the box that came with the results is one again


def test_suggestions_without_javascript(live_server: LiveServer, page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto(f"{live_server.url}/en/search/suggest/")
    page.locator("#suggest-words").fill("wel")
    page.locator("#suggest-words").press("Enter")
    page.wait_for_url("**/en/search/suggest/?q=wel")
    page.get_by_role("link", name="Wells that people measure").click()
    page.wait_for_url("**/en/teams/ken/wells/")


def test_a_ticked_filter_acts_at_once(live_server: LiveServer, page: Page, axe: Callable[[Page], list[str]]) -> None:
    heard = listen(page, live_server.url)
    page.goto(f"{live_server.url}/en/search/")
    assert page.locator(".filters__apply").is_hidden()
    page.evaluate("window.sameDocument = true")
    page.locator("input[name=theme][value=water-sanitation]").focus()
    page.keyboard.press("Space")
    page.wait_for_url(f"{live_server.url}/en/search/?theme=water-sanitation")
    announced(page).get_by_text("1 result").wait_for()
    assert focused(page) == "theme=water-sanitation"
    assert page.locator(".result").count() == 1
    assert page.locator("input[name=theme][value=water-sanitation]").is_checked()
    assert page.locator("#languages a[hreflang=fr]").get_attribute("href") == "/fr/search/?theme=water-sanitation"
    assert page.evaluate("window.sameDocument") is True
    assert axe(page) == []

    page.keyboard.press("Space")
    page.wait_for_url(f"{live_server.url}/en/search/")
    announced(page).get_by_text("4 results").wait_for()
    assert focused(page) == "theme=water-sanitation"

    page.go_back()
    page.wait_for_url("**?theme=water-sanitation")
    page.get_by_role("heading", name="1 result").wait_for()
    assert page.locator("input[name=theme][value=water-sanitation]").is_checked()
    page.go_back()
    page.get_by_role("heading", name="4 results").wait_for()
    assert page.locator("input:checked").count() == 0
    assert heard == []


def test_an_unfolded_tree_stays_so_and_holds_the_focus(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/en/search/")
    page.evaluate("document.querySelectorAll('#search-page details').forEach(fold => { fold.open = true })")
    page.locator("input[name=country][value=ken]").check()
    page.wait_for_url("**country=ken")
    announced(page).get_by_text("2 results").wait_for()
    page.locator("input[name=country][value=ken]").uncheck()
    page.wait_for_url("**/en/search/")
    announced(page).get_by_text("4 results").wait_for()
    assert focused(page) == "country=ken"
    assert page.locator("input[name=country][value=ken]").is_visible()


def test_a_chip_is_taken_back_in_place_and_the_focus_goes_to_the_results(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/en/search/?q=wells&country=ken")
    page.evaluate("window.sameDocument = true")
    page.locator(".chip", has_text="Kenya").click()
    page.wait_for_url("**/en/search/?q=wells")
    announced(page).get_by_text("2 results").wait_for()
    assert focused(page) == "results"
    assert page.title().startswith("wells")
    assert page.evaluate("window.sameDocument") is True


def test_years_are_one_filter_in_the_address(live_server: LiveServer, page: Page) -> None:
    make_case(title="Old wells", terms={"themes": ["water-sanitation"]}, start_year=2001, end_year=2003)
    page.goto(f"{live_server.url}/en/search/?theme=water-sanitation")
    page.locator("#year-from").fill("2000")
    page.locator("#year-from").press("Tab")
    page.wait_for_url("**/en/search/?theme=water-sanitation&year=2000-")
    page.locator(".chip", has_text="2000").wait_for()


def test_a_failed_request_becomes_a_page_load(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/en/search/")
    page.evaluate("window.sameDocument = true")
    failed = []

    def fail_once(route) -> None:
        if route.request.resource_type == "fetch":
            failed.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/en/search/?**", fail_once)
    page.locator("input[name=theme][value=air-quality]").check()
    page.get_by_role("heading", name="1 result").wait_for()
    assert len(failed) == 1
    assert page.url.endswith("/en/search/?theme=air-quality")
    assert page.evaluate("window.sameDocument") is None


def test_without_javascript_the_same_page_comes_by_submitting(
    live_server: LiveServer, page_without_javascript: Page
) -> None:
    page = page_without_javascript
    page.goto(f"{live_server.url}/en/search/")
    page.locator("input[name=theme][value=water-sanitation]").check()
    page.get_by_role("button", name="Apply filters").click()
    page.wait_for_url("**theme=water-sanitation**")
    assert page.get_by_role("heading", name="1 result").is_visible()
    assert page.locator("input[name=theme][value=water-sanitation]").is_checked()
