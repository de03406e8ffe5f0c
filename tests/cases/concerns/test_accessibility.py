"""The form of concerns in a browser without script: axe finds nothing, small screens need no sideways scrolling."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.factories.entries import make_case, translate

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_form_its_errors_and_its_confirmation(
    page: Page, axe: Callable[[Page], list[str]], live_server: LiveServer, repository: None
) -> None:
    case = make_case(title="Wells")
    translate(case, "ar")
    for language in ("en", "ar"):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{live_server.url}/{language}/concern/{case.reference}/")
            assert axe(page) == []
            page.locator("form.form button").click()
            assert page.locator("#form-errors").is_visible()
            assert axe(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{live_server.url}/en/concern/{case.reference}/")
    page.get_by_label("Unsafe for people").check()
    page.get_by_label("What should we know?").fill("Somebody can be recognised.")
    page.wait_for_timeout(2_100)  # quicker than any person is refused
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/concern/received/**")
    assert axe(page) == []
    assert page.locator(".reference").inner_text().startswith("C-")
