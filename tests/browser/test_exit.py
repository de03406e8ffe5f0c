"""The quick exit in a browser: what leaves the screen, and what "Back" still finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.factories.entries import make_case

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEUTRAL = "https://neutral.example/"


@pytest.fixture
def address(live_server: LiveServer, repository: None, settings: Any) -> str:
    settings.QUICK_EXIT_URL = NEUTRAL
    case = make_case(terms={"themes": ["gender-based-violence"]})
    return f"{live_server.url}{case.get_url()}"


def answer(page: Page) -> list[str | None]:
    """Answer for the neutral page; returns the referrers it is told."""
    referrers: list[str | None] = []

    def tell(route: Route) -> None:
        referrers.append(route.request.headers.get("referer"))
        route.fulfill(body="<title>Weather</title>", content_type="text/html")

    page.route(f"{NEUTRAL}**", tell)
    return referrers


def test_click_or_three_keys_leave_for_a_page_that_takes_the_place_of_the_case(
    live_server: LiveServer, page: Page, address: str
) -> None:
    referrers = answer(page)
    for way in ("click", "Escape", "Shift"):
        page.goto(f"{live_server.url}/en/teams/")
        page.goto(address)
        if way == "click":
            page.locator(".exit [data-exit]").click()
        else:
            assert page.locator("[data-exit-keys]").is_visible()
            page.keyboard.press(way)
            page.keyboard.press(way)
            page.keyboard.press("a")
            for _ in range(3):
                assert page.url == address
                page.keyboard.press(way)
        page.wait_for_url(NEUTRAL)
        page.go_back()
        assert page.url == f"{live_server.url}/en/teams/", way
    assert referrers == [None, None, None]


def test_without_script_it_follows_the_skip_link_and_tells_no_referrer(
    page_without_javascript: Page, address: str
) -> None:
    page = page_without_javascript
    referrers = answer(page)
    page.goto(address)
    assert not page.locator("[data-exit-keys]").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(NEUTRAL)
    assert referrers == [None]


def test_it_stays_in_sight(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 480})
    page.goto(address)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight / 2)")
    box = page.locator(".exit__link").bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 20
