"""A visitor on a telephone narrows a search in the drawer, and reads it in another language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("entries")]
TELEPHONE = {"width": 320, "height": 640}


def choose_kenya(page: Page) -> None:
    """Open the drawer and the facet in it, and choose a country under its regions."""
    page.locator(".drawer__summary").click()
    page.locator(".facet--country > details > summary").click()
    country = page.locator("input[name=country][value=ken]")
    for fold in page.locator(".facet--country .facet__more").all():
        if not country.is_visible():
            fold.locator("> summary").click()
    country.check()


def test_narrow_and_change_language_on_a_telephone_without_javascript(
    live_server: LiveServer, page_without_javascript: Page
) -> None:
    page = page_without_javascript
    page.set_viewport_size(TELEPHONE)
    page.goto(f"{live_server.url}/en/search/?q=wells")
    expect(page.locator(".result__title").first).to_be_in_viewport()
    expect(page.locator("input[name=country]").first).to_be_hidden()
    choose_kenya(page)
    page.get_by_role("button", name="Apply filters").click()
    page.wait_for_url("**country=ken**")
    expect(page.locator(".drawer__summary")).to_contain_text("1 chosen")
    expect(page.locator("#results-heading")).to_have_text("1 result")
    expect(page.locator(".result__title")).to_be_in_viewport()

    page.locator(".languages summary").click()
    page.locator(".languages a[hreflang=ar]").click()
    page.wait_for_url("**/ar/search/?q=wells&country=ken")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    expect(page.locator(".result__title")).to_have_text("آبار يقيسها الناس")


def test_choices_act_at_once_in_the_open_drawer_and_apply_leads_to_the_results(
    live_server: LiveServer, page: Page
) -> None:
    page.set_viewport_size(TELEPHONE)
    page.goto(f"{live_server.url}/en/search/?q=wells")
    choose_kenya(page)
    page.wait_for_url("**country=ken**")
    expect(page.locator("[data-announcement]")).to_have_text("1 result")
    expect(page.locator("input[name=country][value=ken]")).to_be_focused()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.locator("input[name=country]").first).to_be_hidden()
    expect(page.locator("#results")).to_be_focused()
