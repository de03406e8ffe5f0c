"""An expert writes, an editor looks: the first stretch of the story, in Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accounts.demo import DEMO_PASSWORD, create_demo_accounts
from cases.gates import gaps
from cases.models import CaseStudyPage
from tests.factories.entries import make_case, make_team

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("entries")]


@pytest.fixture
def draft(entries: None) -> CaseStudyPage:
    """A case of Kenya's team that lacks its problem, its themes and its lead organisation."""
    create_demo_accounts()
    return make_case(
        make_team("ken"), title="Half a case", live=False, problem="", lead_organisation=None, terms={"themes": []}
    )


def sign_in(page: Page, url: str, email: str) -> None:
    page.goto(f"{url}/admin/login/")
    page.locator("input[name=username]").fill(email)
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")


def test_an_expert_sees_the_own_team_and_saves_a_draft_with_gaps(
    live_server: LiveServer, page: Page, draft: CaseStudyPage
) -> None:
    other = CaseStudyPage.objects.get(title="Wells beside the lake")
    sign_in(page, live_server.url, "expert-ken@example.org")
    page.goto(f"{live_server.url}/admin/pages/{draft.get_parent().pk}/")
    listed = page.locator("main").inner_text()
    assert "Half a case" in listed
    assert "Wells beside the lake" not in listed
    refused = page.goto(f"{live_server.url}/admin/pages/{other.pk}/edit/")
    assert refused is not None
    assert "/edit/" not in page.url

    page.goto(f"{live_server.url}/admin/pages/{draft.pk}/edit/")
    page.locator("[name=title]").fill("Half a case, with a better title")
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_function("() => document.body.innerText.includes('better title')")
    page.wait_for_load_state("networkidle")
    saved = CaseStudyPage.objects.get(pk=draft.pk)
    assert saved.get_latest_revision_as_object().title == "Half a case, with a better title"
    assert not saved.live
    assert page.locator("[name=action-publish]").count() == 0


def test_an_editor_who_submits_a_draft_with_gaps_is_told_every_one(
    live_server: LiveServer, page: Page, draft: CaseStudyPage
) -> None:
    missing = [str(gap) for gap in gaps(draft)]
    assert len(missing) == 3
    sign_in(page, live_server.url, "editor@example.org")
    page.goto(f"{live_server.url}/admin/pages/{draft.pk}/edit/")
    page.get_by_role("button", name="More actions").click()
    assert page.locator("[name=action-publish]").count() == 0
    page.locator("[name=action-submit]").click()
    page.wait_for_load_state("networkidle")
    shown = page.locator("body").inner_text()
    for message in missing:
        assert message in shown
    assert not CaseStudyPage.objects.get(pk=draft.pk).live
