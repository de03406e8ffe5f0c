"""The pages of entries in a browser: axe finds nothing, and nothing is wider than a small screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.factories.entries import make_case, make_method, publish, translate
from tests.factories.rows import fill_rows, link_methods, story

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def addresses(page: Page, live_server: LiveServer, repository: None) -> list[str]:
    """A case full of everything, in English and Arabic, and its method."""
    method = make_method(live=False)
    fill_rows(method, 3)
    method = publish(method)
    case = make_case(live=False, sensitive=True, sensitive_reason="Names people.", story=story("A story"))
    fill_rows(case, 12)
    link_methods(case, [method])
    case = publish(case)
    pages = [case, translate(case, "ar"), method]
    return [live_server.url + shown.get_url() for shown in pages]


def test_axe_finds_nothing_and_small_screens_need_no_sideways_scrolling(
    page: Page, axe: Callable[[Page], list[str]], addresses: list[str]
) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for address in addresses:
            for width in (320, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(address)
                assert axe(page) == [], address
                assert page.evaluate("document.documentElement.scrollWidth") <= width, address
