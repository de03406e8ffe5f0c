"""From an invitation to a first look at the team, without script; and what axe says of the pages on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.core import mail

import pytest

from accounts.demo import create_demo_accounts
from accounts.models import User
from cases import people
from core import mailing
from tests.browser.test_authoring import sign_in
from tests.factories.entries import make_team

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("entries")]
PASSWORD = "a-long-enough-password"


@pytest.fixture(autouse=True)
def accounts(entries: None, live_server: LiveServer, settings) -> None:
    """An account per role; mails lead to the server of the test."""
    settings.SITE_URL = live_server.url
    create_demo_accounts()


def link_in(text: str, part: str) -> str:
    return next(link for link in re.findall(r"https?://\S+", text) if part in link)


def test_somebody_is_invited_joins_and_is_removed(
    live_server: LiveServer, page: Page, page_without_javascript: Page
) -> None:
    team = make_team("ken")
    guest = page_without_javascript
    sign_in(page, live_server.url, "lead-ken@example.org")
    page.goto(f"{live_server.url}/admin/teams/{team.pk}/invite/")
    page.get_by_label("E-mail address").fill("wanjiru@example.org")
    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_text("wanjiru@example.org is on its way").wait_for()
    guest.goto(link_in(str(mail.outbox[-1].body), "/invitations/"))
    guest.get_by_label("First name").fill("Wanjiru")
    guest.get_by_label("Last name").fill("Kamau")
    guest.get_by_label("Time zone").select_option("Africa/Nairobi")
    for field in ("password1", "password2"):
        guest.locator(f"input[name={field}]").fill(PASSWORD)
    guest.get_by_role("button", name="Make my account").click()
    guest.wait_for_url("**/admin/")
    guest.goto(f"{live_server.url}/admin/teams/{team.pk}/")
    assert "Wanjiru Kamau" in guest.locator("main").inner_text()
    page.goto(f"{live_server.url}/admin/teams/{team.pk}/")
    page.get_by_role("link", name="Remove Wanjiru Kamau").click()
    page.get_by_role("button", name="Remove from the team").click()
    page.get_by_text("no longer belongs to").wait_for()
    assert not people.teams_of(User.objects.get(email="wanjiru@example.org"))
    guest.reload()
    assert "/admin/login/" in guest.url


def test_a_request_and_an_unsubscription_need_neither_script_nor_account(
    live_server: LiveServer, page_without_javascript: Page
) -> None:
    page = page_without_javascript
    page.goto(f"{live_server.url}/en/join/")
    assert (
        not page.get_by_label("Leave this field empty").is_visible()
        or page.locator(".form-trap").bounding_box()["x"] < 0
    )
    page.get_by_label("Your name").fill("Zawadi")
    page.get_by_label("E-mail address").fill("zawadi@example.org")
    page.get_by_label("What do you want to write about?").fill("Wells in our county.")
    page.wait_for_timeout(2_500)  # nobody is quicker than the form allows
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/join/thanks/")
    told = next(message for message in mail.outbox if message.to == ["editor@example.org"])
    page.goto(link_in(str(told.body), "/mail/stop/"))
    page.get_by_role("button", name="Stop these mails").click()
    page.get_by_text("You get no more mails").wait_for()
    again = User.objects.get(email="editor@example.org")
    assert mailing.send("account-request", [again], {"name": "x", "link": live_server.url}) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_say(
    live_server: LiveServer, page: Page, axe: Callable[[Page], list[str]], scheme: str
) -> None:
    from accounts.invitations import invite

    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    invite("wanjiru@example.org", make_team("ken").groups(), "Kenya", language="en", by=None)
    invitation = link_in(str(mail.outbox[-1].body), "/invitations/").removeprefix(live_server.url)
    found = {}
    for path in ("/en/join/", "/ar/join/", "/en/join/thanks/", invitation, "/en/invitations/nothing/"):
        page.goto(f"{live_server.url}{path}")
        found[path] = axe(page)
        if page.locator("main form").count():
            page.locator("main form button").last.click()
            found[f"{path} with errors"] = axe(page)
    assert {path: complaints for path, complaints in found.items() if complaints} == {}
