"""Every kind of page in its states, directions, schemes and widths: axe finds nothing, nothing is too wide or moves.

The short run takes a page of each kind and each state; `make drill` takes the whole product.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe.running import WAYS, report, visits
from tests.conftest import load_base
from tests.factories.pages import make_pages

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser


def test_the_short_run_meets_each_direction_scheme_and_width() -> None:
    met = {(visit.lang, *way) for visit in visits(everything=False, empty=False) for way in visit.ways}
    assert met == {(lang, *way) for lang in ("en", "ar") for way in WAYS}


@pytest.mark.django_db(transaction=True)
def test_a_site_with_entries(live_server: LiveServer, page: Page) -> None:
    load_base()
    make_pages()
    found = report(page, live_server.url, visits(everything=False, empty=False))
    assert not found, found


@pytest.mark.django_db(transaction=True)
def test_a_site_without_entries(live_server: LiveServer, page: Page) -> None:
    load_base()
    found = report(page, live_server.url, visits(everything=False, empty=True))
    assert not found, found


@pytest.mark.django_db(transaction=True)
@pytest.mark.drill
@pytest.mark.parametrize("empty", [False, True], ids=["entries", "empty"])
def test_the_whole_product(live_server: LiveServer, page: Page, empty: bool) -> None:
    load_base()
    if not empty:
        make_pages()
    found = report(page, live_server.url, visits(everything=True, empty=empty))
    assert not found, found
