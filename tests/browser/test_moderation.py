"""From a draft to what a visitor finds, in Chromium: the team, editors and ethics, each in their own browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from accounts.demo import create_demo_accounts
from accounts.models import User
from cases.models import CaseStudyPage
from tests.browser.test_authoring import sign_in
from tests.factories.entries import make_case, make_team

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("entries")]
As = Callable[[str], "Page"]


@pytest.fixture(autouse=True)
def _no_requests_beside(settings: Any) -> None:
    """The threads of the test's server share one connection to a database in memory: a save must not meet another."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    settings.WAGTAIL_AUTO_UPDATE_PREVIEW_INTERVAL = 0
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = 3_600_000


@pytest.fixture
def as_(live_server: LiveServer, browser: Browser) -> Iterator[As]:
    """The browser of one account, signed in when first asked for."""
    pages: dict[str, Page] = {}

    def page_of(name: str) -> Page:
        if name not in pages:
            context = browser.new_context(locale="en-GB", reduced_motion="reduce")
            context.set_default_timeout(15_000)
            pages[name] = context.new_page()
            sign_in(pages[name], live_server.url, f"{name}@example.org")
        return pages[name]

    yield page_of
    for page in pages.values():
        page.context.close()


@pytest.fixture
def draft(entries: None) -> CaseStudyPage:
    """The expert's case, without a summary."""
    create_demo_accounts()
    case = make_case(make_team("ken"), live=False, title="Elders count springs", slug="springs", summary="")
    case.save_revision(user=User.objects.get(email="expert-ken@example.org"))
    return case


def submit(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="More actions").click()
    with page.expect_navigation(wait_until="networkidle"):
        page.locator("[name=action-submit]").click()


def decide(page: Page, label: str, comment: str = "") -> None:
    """Open the form of a decision in the review and send it."""
    form = page.locator("details", has=page.locator("summary", has_text=label))
    form.locator("summary").click()
    if comment:
        form.locator("textarea[name=comment]").fill(comment)
    with page.expect_navigation(wait_until="networkidle"):
        form.get_by_role("button", name=label).click()


def test_from_a_draft_to_what_a_visitor_finds(
    live_server: LiveServer, as_: As, draft: CaseStudyPage, page: Page
) -> None:
    edit, review = (f"{live_server.url}/admin/{path}" for path in (f"pages/{draft.pk}/edit/", f"reviews/{draft.pk}/"))
    expert, editor = as_("expert-ken"), as_("editor")
    expert.goto(edit)
    assert "Write the text “Summary”" in expert.locator("body").inner_text()
    submit(expert)
    assert "Write the text “Summary”" in expert.locator("body").inner_text()
    expert.locator("[name=summary]").fill("Elders count the springs that dry up.")
    submit(expert)
    assert "was submitted" in expert.locator("body").inner_text()

    editor.goto(review)
    assert "Elders count the springs" in editor.frame_locator("iframe.review__entry").locator("main").inner_text()
    editor.get_by_role("button", name="Claim").click()
    editor.wait_for_load_state("networkidle")
    decide(editor, "Ask for changes", "Say in which years.")
    assert "went back to its team" in editor.locator("body").inner_text()

    expert.goto(review)
    assert "Say in which years." in expert.locator("body").inner_text()
    expert.goto(edit)
    expert.locator("[name=summary]").fill("Elders count the springs that dry up, since 2015.")
    submit(expert)
    editor.goto(review)
    decide(editor, "Approve")
    assert "was approved" in editor.locator("body").inner_text()

    page.goto(f"{live_server.url}/en/search/?q=springs")
    page.get_by_role("link", name="Elders count springs").first.click()
    page.wait_for_url("**/en/teams/ken/springs/")
    assert "since 2015" in page.locator("main").inner_text()


@pytest.mark.parametrize("name", ["editor", "admin"])
def test_nobody_approves_an_own_edit(live_server: LiveServer, as_: As, draft: CaseStudyPage, name: str) -> None:
    own, other = as_(name), as_("editor2")
    own.goto(f"{live_server.url}/admin/pages/{draft.pk}/edit/")
    own.locator("[name=summary]").fill("Written by somebody who moderates.")
    submit(own)
    for place in (f"reviews/{draft.pk}/", f"pages/{draft.pk}/edit/"):
        own.goto(f"{live_server.url}/admin/{place}")
        assert own.get_by_text("Approve", exact=True).count() == 0
        assert own.locator("[name=action-publish]").count() == 0
    own.goto(f"{live_server.url}/admin/reviews/{draft.pk}/")
    assert "somebody else has to decide" in own.locator("body").inner_text()
    other.goto(f"{live_server.url}/admin/reviews/{draft.pk}/")
    decide(other, "Approve")
    assert CaseStudyPage.objects.get(pk=draft.pk).live


def test_a_sensitive_case_waits_for_ethics(live_server: LiveServer, as_: As, draft: CaseStudyPage, page: Page) -> None:
    expert, editor, ethics = as_("expert-ken"), as_("editor"), as_("ethics")
    expert.goto(f"{live_server.url}/admin/pages/{draft.pk}/edit/")
    expert.locator("[name=summary]").fill("Elders count the springs.")
    expert.get_by_role("tab", name="Ethics").click()
    expert.locator("[name=sensitive]").check()
    expert.locator("[name=sensitive_reason]").fill("The villages are small.")
    submit(expert)
    review = f"{live_server.url}/admin/reviews/{draft.pk}/"
    editor.goto(review)
    decide(editor, "Approve")
    assert "Waits for an ethics moderator" in editor.locator("body").inner_text()
    answer = page.goto(f"{live_server.url}/en/teams/ken/springs/")
    assert answer is not None
    assert answer.status == 404
    ethics.goto(review)
    decide(ethics, "Approve")
    page.goto(f"{live_server.url}/en/teams/ken/springs/")
    assert page.get_by_role("heading", level=1).inner_text() == "Elders count springs"


def test_axe_has_nothing_to_say_of_the_review(
    live_server: LiveServer, as_: As, draft: CaseStudyPage, axe: Callable[[Page], list[str]]
) -> None:
    expert, editor = as_("expert-ken"), as_("editor")
    expert.goto(f"{live_server.url}/admin/pages/{draft.pk}/edit/")
    expert.locator("[name=summary]").fill("Elders count the springs.")
    submit(expert)
    editor.goto(f"{live_server.url}/admin/reviews/{draft.pk}/")
    editor.locator("summary", has_text="Approve").click()
    assert axe(editor) == []
    editor.set_viewport_size({"width": 360, "height": 740})
    assert editor.evaluate("document.documentElement.scrollWidth") <= 360
