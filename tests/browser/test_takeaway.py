"""A visitor takes away a citation and what was found, and subscribes, with the keyboard and without JavaScript."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_finding import tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("entries")]


def taken(page: Page, link: str) -> str:
    """What the focused link of this name downloads."""
    tab_to(page, link)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    return Path(download.value.path()).read_text(encoding="utf-8-sig")


def test_export_subscribe_and_cite_by_keyboard_without_javascript(
    live_server: LiveServer, page_without_javascript: Page
) -> None:
    page = page_without_javascript
    page.goto(f"{live_server.url}/en/search/?q=wells&country=ken")
    page.locator(".result a").last.focus()
    rows = list(csv.DictReader(taken(page, "A   CSV").splitlines()))
    assert [row["title"] for row in rows] == ["Wells that people measure"]
    assert json.loads(taken(page, "A   JSON"))["query"]["choices"] == {"country": ["ken"]}
    feed = page.get_by_role("link", name="Subscribe").get_attribute("href") or ""
    answer = page.request.get(f"{live_server.url}{feed}")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert "Wells that people measure" in answer.text()

    page.goto(f"{live_server.url}/en/teams/ken/wells/#cite")
    assert page.locator("#cite .citation").count() == 3
    assert "@misc{CCD-KEN-" in taken(page, "A   BibTeX")
