"""Writing in Chromium: the checklist leads to the fields, nothing typed is lost, drafts begin from others and go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from accounts.demo import create_demo_accounts
from cases.models import CaseStudyPage, EntryPage, TermProposal
from cases.terms import refresh
from tests.browser.test_authoring import sign_in
from tests.factories.entries import make_case, make_team

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("entries")]

EXPERT = "expert-ken@example.org"
IN_SIGHT = """() => {
    const { top, bottom } = document.activeElement.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
}"""
SAVED = "() => document.querySelector('.w-autosave-indicator')?.innerText.includes('Saved')"


@pytest.fixture
def draft(entries: None) -> CaseStudyPage:
    """A case of Kenya's team that lacks its problem, its themes and its level of collection."""
    create_demo_accounts()
    case = make_case(
        make_team("ken"), title="Half a case", live=False, problem="", levels={"design": 4}, terms={"themes": []}
    )
    case.save_revision()
    return case


def open_editor(page: Page, url: str, entry: EntryPage) -> None:
    """Sign in and wait until the editor watches what is typed."""
    sign_in(page, url, EXPERT)
    page.goto(f"{url}/admin/pages/{entry.pk}/edit/")
    page.wait_for_load_state("networkidle")


def latest(entry: EntryPage) -> CaseStudyPage:
    return CaseStudyPage.objects.get(pk=entry.pk).get_latest_revision_as_object()


def wait_for_heading(page: Page, text: str) -> None:
    page.wait_for_function("text => document.getElementById('entry-status-heading').innerText.includes(text)", arg=text)


def test_the_checklist_leads_to_each_field_by_keyboard(
    live_server: LiveServer, page: Page, draft: CaseStudyPage
) -> None:
    open_editor(page, live_server.url, draft)
    links = page.locator("#entry-status .entry-gaps a")
    assert links.count() == 3
    for number in range(links.count()):
        links.nth(number).focus()
        field = links.nth(number).get_attribute("href")
        page.keyboard.press("Enter")
        page.wait_for_function(
            "id => document.querySelector(id).parentElement.contains(document.activeElement)", arg=field
        )
        page.wait_for_function(IN_SIGHT)


def test_the_checklist_follows_what_is_typed_and_says_so_once(
    live_server: LiveServer, page: Page, draft: CaseStudyPage
) -> None:
    open_editor(page, live_server.url, draft)
    page.locator("#entry-missing summary").click()
    page.get_by_role("tab", name="About what").click()
    page.locator("input[name=themes][value=health]").check()
    wait_for_heading(page, "2 things still block submission")
    assert page.locator("[data-entry-said]").inner_text() == "2 things still block submission"
    assert page.locator("#entry-missing").get_attribute("open") is not None
    page.get_by_role("tab", name="Participation").click()
    page.locator("[name=participation-collect][value='3']").check()
    wait_for_heading(page, "One thing still blocks submission")
    assert latest(draft).levels() == {"design": 4, "collect": 3}
    assert draft.revisions.count() == 2


def test_what_was_typed_outlives_the_tab(live_server: LiveServer, page: Page, draft: CaseStudyPage) -> None:
    open_editor(page, live_server.url, draft)
    page.get_by_role("tab", name="Files").click()
    page.locator("#id_sources-ADD").click()
    page.locator("[name=sources-0-title]").fill("A report that matters")
    page.wait_for_function(SAVED)
    page.wait_for_function("() => document.querySelector('[name=sources-0-id]').value")
    other = page.context.new_page()
    page.close()
    other.goto(f"{live_server.url}/admin/pages/{draft.pk}/edit/")
    other.get_by_role("tab", name="Files").click()
    assert other.locator("[name=sources-0-title]").input_value() == "A report that matters"
    assert latest(draft).sources.count() == 1


def test_what_is_typed_before_the_watch_begins_is_saved_too(
    live_server: LiveServer, page: Page, draft: CaseStudyPage
) -> None:
    sign_in(page, live_server.url, EXPERT)
    page.goto(f"{live_server.url}/admin/pages/{draft.pk}/edit/", wait_until="domcontentloaded")
    page.locator("[name=summary]").fill("Typed at once, then never again.")
    page.wait_for_function(SAVED)
    assert latest(draft).summary == "Typed at once, then never again."


def test_a_new_case_is_kept_from_its_title_on(live_server: LiveServer, page: Page, draft: CaseStudyPage) -> None:
    sign_in(page, live_server.url, EXPERT)
    page.get_by_role("navigation").get_by_role("link", name="My cases").click()
    page.get_by_role("link", name="New case").click()
    page.wait_for_load_state("networkidle")
    page.locator("[name=title]").press_sequentially("Wells that people measure, again", delay=10)
    page.wait_for_url("**/edit/")
    wait_for_heading(page, "things still block submission")
    page.wait_for_function("() => document.querySelector('.entry-reference')")
    assert page.locator(".entry-likes a").first.inner_text().startswith("Wells that people measure")
    case = CaseStudyPage.objects.get(draft_title="Wells that people measure, again")
    assert case.reference in page.locator(".entry-reference").inner_text()
    page.locator("[data-side-panel-toggle=preview]").click()
    shown = page.frame_locator("iframe#w-preview-iframe, [data-side-panel=preview] iframe").first
    shown.locator(".preview-mark").wait_for()
    assert shown.locator("h1").inner_text() == "Wells that people measure, again"


def test_a_draft_starts_from_a_published_case(live_server: LiveServer, page: Page, draft: CaseStudyPage) -> None:
    sign_in(page, live_server.url, EXPERT)
    page.goto(f"{live_server.url}/admin/authoring/mine/")
    page.get_by_role("link", name="Start from another case").click()
    page.locator("tr", has_text="Wells beside the lake").get_by_role("link").click()
    page.get_by_label("Title of the new entry").fill("Wells beside the river")
    page.get_by_role("button", name="Start the draft").click()
    page.wait_for_url("**/edit/")
    started = CaseStudyPage.objects.get(title="Wells beside the river")
    assert started.team.code == "ken"
    page.goto(f"{live_server.url}/admin/pages/{started.pk}/history/")
    assert "Started from “Wells beside the lake”" in page.locator("main").inner_text()


def test_a_term_is_proposed_from_its_field_and_taken(live_server: LiveServer, page: Page, draft: CaseStudyPage) -> None:
    open_editor(page, live_server.url, draft)
    page.get_by_role("tab", name="About what").click()
    page.locator(f"a[href='/admin/authoring/propose/themes/?entry={draft.pk}']").click()
    page.get_by_label("Proposed term").fill("Locust swarms")
    page.get_by_label("What it means").fill("Insects that eat crops.")
    page.get_by_role("button", name="Propose").click()
    page.wait_for_url("**/edit/")
    page.context.clear_cookies()
    sign_in(page, live_server.url, "editor@example.org")
    page.goto(f"{live_server.url}/admin/term-proposals/")
    page.get_by_role("link", name="Locust swarms").first.click()
    page.get_by_role("button", name="Add the term").click()
    page.wait_for_url("**/term-proposals/")
    assert TermProposal.objects.get().state == "accepted"
    refresh()
    assert [term.code for term in latest(draft).chosen("themes")] == ["locust-swarms"]


def test_a_translation_begins_with_one_click(live_server: LiveServer, page: Page, draft: CaseStudyPage) -> None:
    open_editor(page, live_server.url, draft)
    page.locator("#entry-languages summary").click()
    page.locator("#entry-languages").get_by_role("link", name="French").click()
    page.wait_for_url(lambda url: str(draft.pk) not in url and "/edit/" in url)
    assert page.locator(".source-text").count() >= 2
    assert "Half a case" in page.locator(".source-text").first.inner_text()
    assert EntryPage.objects.get(original=draft).locale.language_code == "fr"


def test_the_editor_has_no_barriers_of_our_making(
    live_server: LiveServer, page: Page, draft: CaseStudyPage, axe: Callable[[Page], list[str]]
) -> None:
    open_editor(page, live_server.url, draft)
    page.wait_for_selector("[role=textbox][aria-labelledby]")
    for tab in ("Story", "Who, where, when", "About what", "Participation", "Use and quality", "Files", "Publishing"):
        page.get_by_role("tab", name=tab, exact=True).click()
        assert axe(page) == [], tab
    for path in ("mine", "translations", "start", "propose/themes"):
        page.goto(f"{live_server.url}/admin/authoring/{path}/")
        assert axe(page) == [], path
