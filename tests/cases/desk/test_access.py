"""The desk is for moderators; reviewers see the queue; nobody else gets a line of it."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

import pytest

from cases.desk.lists import address_name
from cases.desk.registry import places
from tests.cases.desk.conftest import export
from tests.cases.editor.conftest import sign_in

pytestmark = pytest.mark.usefixtures("repository")
FOR_REVIEWERS = {"queue"}
FOR_TEAMS = {"concerns"}
"""Teams read the concerns about their own entries there."""
AJAX = {"x-requested-with": "XMLHttpRequest"}
FOR_EDITORS = {"account-requests"}


def addresses() -> dict[str, str]:
    """Every list of the desk by name."""
    views = [view for place in places() for view in (place.view, *place.more)]
    return {view.name: reverse(address_name(view.name)) for view in views}


@pytest.mark.parametrize("who", ["editor", "ethics"])
def test_moderators_open_everything(who: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(who)
    assert client.get("/admin/desk/").status_code == 200
    for name, address in addresses().items():
        if who == "ethics" and name in FOR_EDITORS:
            assert client.get(address, headers=AJAX).status_code == 403
            continue
        assert client.get(address).status_code == 200, name
        assert client.get(f"{address}results/").status_code == 200, name
        assert export(client, address), name
        assert export(client, address, "xlsx"), name


@pytest.mark.parametrize("groups", [["team:ken"], ["team:ken", "team-lead:ken"], ["Reviewers"]])
def test_others_open_nothing(groups: list[str]) -> None:
    client = sign_in("somebody@example.org", *groups)
    for name, address in {"": "/admin/desk/", **addresses()}.items():
        if name in (FOR_REVIEWERS if groups == ["Reviewers"] else FOR_TEAMS):
            continue
        for asked in (address, f"{address}?export=csv", f"{address}results/" if name else address):
            refused = client.get(asked, headers=AJAX)
            assert refused.status_code == 403, asked


def test_visitors_are_asked_to_sign_in(client: Client) -> None:
    for address in addresses().values():
        assert "/admin/login/" in client.get(address).headers["Location"]


def test_the_menu_shows_each_what_they_may_open(editor: Client, expert: Client) -> None:
    assert "desk-audit" in editor.get("/admin/").content.decode()
    assert "/admin/desk/" not in expert.get("/admin/").content.decode()
