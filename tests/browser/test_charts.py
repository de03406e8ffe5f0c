"""A visitor looks at the map and the years of a search and chooses on them: by pointing, and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.factories.entries import make_case, make_team

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("entries")]
FOLD = ".result-charts > summary"


def width(page: Page, code: str) -> float:
    """How wide the shape of a country is drawn: nothing where its file did not come."""
    found: float = page.locator(f"#map use[href$='#{code}']").evaluate("shape => shape.getBoundingClientRect().width")
    return found


def test_point_at_a_country_without_javascript(live_server: LiveServer, page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto(f"{live_server.url}/en/search/?q=wells")
    expect(page.locator("#map")).to_be_hidden()
    page.locator(FOLD).click()
    expect(page.locator("#map svg.map__drawing")).to_be_visible()
    assert width(page, "uga") > 5
    page.locator("#map a[href='?q=wells&country=uga#map']").click()
    page.wait_for_url("**/en/search/?q=wells&country=uga#map")
    expect(page.locator("#map svg.map__drawing")).to_be_in_viewport()
    expect(page.locator("#results-heading")).to_have_text("1 result")
    expect(page.locator("input[name=country][value=uga]")).to_be_checked()

    page.locator("#map a.is-chosen").click()
    page.wait_for_url("**/en/search/?q=wells#map")
    expect(page.locator("#results-heading")).to_have_text("2 results")


def test_a_keyboard_meets_each_year_once_and_no_shape(
    live_server: LiveServer, page: Page, axe: Callable[[Page], list[str]]
) -> None:
    make_case(make_team("ken"), title="Wells of two years", start_year=2019, end_year=2020)
    page.goto(f"{live_server.url}/en/search/?q=wells")
    page.locator(FOLD).press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#map .chart__numbers a")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#years summary")).to_be_focused()
    page.keyboard.press("Enter")
    assert axe(page) == []
    page.locator("#years tbody a").first.press("Enter")
    page.wait_for_url("**/en/search/?q=wells&year=*#years")
    expect(page.locator("#years .columns__one.is-chosen")).to_have_count(1)


def test_the_home_map_and_its_table_lead_to_countries(
    live_server: LiveServer, page: Page, axe: Callable[[Page], list[str]]
) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{live_server.url}/ar/")
    assert width(page, "ken") > 5
    page.locator("#map summary").press("Enter")
    assert axe(page) == []
    page.locator("#map tbody a[href='/ar/countries/ken/']").press("Enter")
    page.wait_for_url("**/ar/countries/ken/")
