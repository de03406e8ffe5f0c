"""A lead sees who did what in the team, and nothing of other teams; no page costs more for more rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wagtail.log_actions import log

import pytest

from accounts.models import User
from cases.members import memberships
from cases.models import CountryTeam
from tests.cases.editor.forms import edit_url, read_form, send
from tests.cases.members.conftest import account, client_of
from tests.factories.entries import make_case, make_team

pytestmark = pytest.mark.usefixtures("repository")


@pytest.fixture
def team() -> CountryTeam:
    return make_team("ken")


def rows(client: Client, team: CountryTeam, **filters: Any) -> list[tuple[str, str]]:
    answer = client.get(reverse("teams:activity", args=[team.pk]), filters)
    assert answer.status_code == 200
    return [(str(entry.user_display_name), str(entry.message)) for entry in answer.context["object_list"]]


def test_what_members_did_is_listed_newest_first(lead: User, expert: User, other_lead: User, team: CountryTeam) -> None:
    case, other = make_case(team, live=False, title="Wells"), make_case(make_team("uga"), live=False, title="Roads")
    for user, page in ((expert, case), (other_lead, other)):
        client = client_of(user)
        send(client, edit_url(page), read_form(client, edit_url(page)), title=f"{page.title} again")
    memberships.invite(team, "guest@example.org", "expert", language="en", by=lead)
    client = client_of(lead)
    found = rows(client, team)
    assert found[:2] == [("lead-ken", "Invited guest@example.org"), ("expert-ken", "Draft saved")]
    page = client.get(reverse("teams:activity", args=[team.pk])).content.decode()
    assert "Wells" in page
    assert "Roads" not in page
    assert "lead-uga" not in page, "nor among the people to filter by"
    assert rows(client, team, user=expert.pk) == [("expert-ken", "Draft saved")]
    assert [text for _who, text in rows(client, team, action="cases.team.invite")] == ["Invited guest@example.org"]
    assert rows(client, team, label="nothing of the kind") == []


def test_it_comes_in_pages_and_as_a_table(lead: User, team: CountryTeam) -> None:
    case = make_case(team, live=False)
    for _ in range(60):
        log(case, "wagtail.edit", user=lead)
    client, url = client_of(lead), reverse("teams:activity", args=[team.pk])
    assert len(client.get(url).context["object_list"]) == 50
    assert len(client.get(url, {"p": 2}).context["object_list"]) >= 10
    assert client.get(reverse("teams:activity_results", args=[team.pk]), {"p": 2}).status_code == 200
    csv = b"".join(client.get(url, {"export": "csv"}).streaming_content).decode()
    assert csv.count("lead-ken") >= 60


def count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.fixture
def many(team: CountryTeam, lead: User) -> Callable[[], None]:
    """Fill the team with people, invitations, entries, their history, and the site with teams."""

    def fill() -> None:
        for number in range(8):
            account(f"member{number}@example.org", "team:ken")
            memberships.invite(team, f"guest{number}@example.org", "expert", language="en", by=lead)
            case = make_case(team, live=False)
            log(case, "wagtail.edit", user=lead)
        for code in ("deu", "fra", "tza"):
            make_team(code)

    return fill


def test_no_page_about_teams_costs_more_for_more_rows(
    editor: User, lead: User, team: CountryTeam, many: Callable[[], None]
) -> None:
    account("first@example.org", "team:ken")
    memberships.invite(team, "first-guest@example.org", "expert", language="en", by=lead)
    case = make_case(team, live=False)
    case.co_teams.add(make_team("uga"))
    log(case, "wagtail.edit", user=lead)
    client = client_of(editor)
    urls = [
        reverse("teams:index"),
        reverse("teams:team", args=[team.pk]),
        reverse("teams:activity", args=[team.pk]),
        reverse("teams:co_teams", args=[case.pk]),
    ]
    few = [count(client, url) for url in urls]
    many()
    case.co_teams.add(make_team("deu"))
    assert [count(client, url) for url in urls] == few
