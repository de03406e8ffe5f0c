"""Entries without a script: terms are explained by the keyboard, and a method is printed as a handout."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from cases.models import Step
from tests.factories.entries import make_case, make_method, publish, term

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_term_is_explained_by_the_keyboard_and_leads_to_the_glossary(
    live_server: LiveServer, page_without_javascript: Page, repository: None
) -> None:
    page = page_without_javascript
    page.goto(f"{live_server.url}{make_case().get_url()}")
    meaning = page.locator(".entry-glance").get_by_text(str(term("themes", "health").description()), exact=True)
    assert not meaning.is_visible()
    page.locator(".entry-glance summary", has_text="Themes").focus()
    page.keyboard.press("Enter")
    assert meaning.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/glossary/#themes-health")
    assert page.locator(":target dt").inner_text() == str(term("themes", "health").label())


def test_a_method_is_printed_as_a_handout(
    live_server: LiveServer, page_without_javascript: Page, repository: None
) -> None:
    page = page_without_javascript
    method = make_method(live=False)
    method.steps = [Step(title=f"Step called {name}", text="Ask first.") for name in ("Anna", "Berta", "Carla")]
    page.goto(f"{live_server.url}{publish(method).get_url()}")
    assert page.locator(".handout-hint").is_visible()
    paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    found = [text.index(words) for words in ("Step called Anna", "Step called Berta", "Step called Carla")]
    assert found == sorted(found)
    assert method.reference in text
    assert all(words not in text for words in ("a handout", "On this page", "Completeness", "What is missing"))
