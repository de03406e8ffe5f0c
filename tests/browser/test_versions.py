"""A visitor reads, compares and cites versions; the team withdraws the entry and it is gone, versions and file too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.test import Client

import pytest

from accounts.demo import create_demo_accounts
from cases.models import Attachment, CaseStudyPage, EntryPage
from tests.browser.test_authoring import sign_in
from tests.factories.entries import publish, term
from tests.factories.files import make_file

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("entries")]


@pytest.fixture
def wells(entries: None) -> tuple[CaseStudyPage, Any]:
    """The case “Wells that people measure” in a second version, with a public file."""
    create_demo_accounts()
    case, file = CaseStudyPage.objects.get(slug="wells", original=None), make_file()
    case.results = "<p>Twelve wells were mended.</p>"
    case.attachments = [
        Attachment(
            file=file,
            title="List of wells",
            kind_id=term("attachment_kinds", "report").id,
            access_level_id=term("sensitivity_levels", "public").id,
            licence_id=term("licences", "cc-by-4-0").id,
        )
    ]
    return publish(case), file


def test_versions_are_found_compared_and_cited(
    live_server: LiveServer,
    page: Page,
    axe: Callable[[Page], list[str]],
    wells: tuple[CaseStudyPage, Any],
) -> None:
    case, _file = wells
    page.goto(live_server.url + case.get_url())
    page.get_by_role("link", name="All versions, and what changed").click()
    page.get_by_role("link", name="Version 1", exact=True).click()
    assert "Version 1 of 2" in page.locator(".version-banner").inner_text()
    assert "Twelve wells" not in page.locator("main").inner_text()
    cited = page.locator(".citation").first.inner_text()
    assert f"/r/{case.reference}/en/versions/1/" in cited
    assert "Version 1" in cited
    page.get_by_role("link", name="All versions", exact=True).click()
    page.get_by_role("button", name="Compare").click()
    results = page.locator(".version-change", has_text="Results")
    assert "Twelve" in results.locator("ins").first.inner_text()
    assert results.locator("del").count() > 0
    page.goto(f"{live_server.url}/r/{case.reference}/en/versions/1/")
    assert page.url == f"{live_server.url}{case.get_url()}versions/1/"

    arabic = EntryPage.objects.get(original=case, locale__language_code="ar")
    paths = [f"{case.get_url()}versions/{path}" for path in ("", "1/", "compare/")]
    for path in (*paths, f"{arabic.get_url()}versions/", f"{arabic.get_url()}versions/1/"):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(live_server.url + path)
            assert axe(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto(f"{live_server.url}{arabic.get_url()}versions/1/")
    assert page.evaluate("document.documentElement.dir") == "rtl"


def test_withdrawn_by_the_team_it_is_gone_everywhere_until_another_editor_undoes_it(
    live_server: LiveServer,
    page: Page,
    browser: Any,
    axe: Callable[[Page], list[str]],
    wells: tuple[CaseStudyPage, Any],
) -> None:
    case, file = wells
    arabic = EntryPage.objects.get(original=case, locale__language_code="ar")
    closed = [
        *(f"{each.get_url()}{path}" for each in (case, arabic) for path in ("", "versions/", "versions/1/")),
        f"{case.get_url()}versions/2/",
        f"{case.get_url()}versions/compare/",
        f"/r/{case.reference}/",
        f"/r/{case.reference}/en/versions/1/",
    ]
    lists = ["/en/", "/en/search/?q=measure", "/en/cases/", "/en/teams/ken/", "/en/themes/water-sanitation/"]
    visitor = browser.new_context().new_page()

    def status(path: str) -> int:
        return int(visitor.request.get(live_server.url + path).status)

    def served() -> int:
        """Asked past the live server, which has a door of its own to files."""
        return int(Client().get(file.url).status_code)

    assert {status(path) for path in closed} == {200}
    assert served() == 200

    sign_in(page, live_server.url, "expert-ken@example.org")
    page.goto(f"{live_server.url}/admin/pages/{case.pk}/edit/")
    page.get_by_role("button", name="More actions").click()
    page.locator("a", has_text="Withdraw at once").last.click()
    assert (
        "2 published versions" in page.locator("main").inner_text()
        or "3 published" in page.locator("main").inner_text()
    )
    page.locator("input[name=reason][value=risk-to-people]").check(force=True)
    page.get_by_role("button", name="Withdraw at once").click()
    page.wait_for_url("**/admin/withdrawals/**")
    withdrawal = page.url
    assert page.get_by_role("button", name="Restore as a draft").count() == 0

    assert {status(path) for path in closed} == {410}
    assert served() == 404
    for path in lists:
        visitor.goto(live_server.url + path)
        assert "Wells that people measure" not in visitor.locator("body").inner_text(), path
    visitor.goto(live_server.url + closed[0])
    tombstone = visitor.locator("main").inner_text()
    assert case.reference in tombstone
    assert "Risk" not in tombstone
    assert axe(visitor) == []

    editor = browser.new_context().new_page()
    sign_in(editor, live_server.url, "editor@example.org")
    editor.goto(withdrawal)
    editor.get_by_role("button", name="Undo the withdrawal").click()
    editor.wait_for_load_state("networkidle")
    assert {status(path) for path in closed} == {200}
    assert served() == 200
    visitor.context.close()
    editor.context.close()
