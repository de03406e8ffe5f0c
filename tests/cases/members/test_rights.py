"""Who opens which page about a team, and who may do what there: each role, each door."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from wagtail.models import ModelLogEntry

import pytest

from accounts.models import Invitation, User
from cases.members import memberships
from cases.models import CountryTeam
from tests.cases.members.conftest import account, client_of
from tests.factories.entries import make_case, make_team

pytestmark = pytest.mark.usefixtures("repository")
LOOK, LEAD, EDIT = "member", "lead", "editor"
DOORS = [
    ("team", LOOK),
    ("activity", LEAD),
    ("activity_results", LEAD),
    ("invite", LEAD),
    ("edit", EDIT),
    ("archive", EDIT),
]
MAY = {"editor": {LOOK, LEAD, EDIT}, "admin": {LOOK, LEAD, EDIT}, "lead": {LOOK, LEAD}, "expert": {LOOK}}


@pytest.fixture
def people_by_role(lead: User, expert: User, editor: User, outsiders: list[User]) -> dict[str, User]:
    others = {f"outsider {number}": user for number, user in enumerate(outsiders)}
    admin = account("admin@example.org", is_superuser=True)
    return {"lead": lead, "expert": expert, "editor": editor, "admin": admin, **others}


def state() -> tuple[Any, ...]:
    teams = sorted(CountryTeam.objects.values_list("code", "name", "archived_at"))
    members = sorted(User.objects.values_list("email", "groups__name"), key=str)
    return teams, members, Invitation.objects.count(), ModelLogEntry.objects.count()


@pytest.mark.parametrize(("door", "needs"), DOORS)
def test_each_role_opens_its_own_doors(door: str, needs: str, people_by_role: dict[str, User]) -> None:
    url = reverse(f"teams:{door}", args=[make_team("ken").pk])
    for role, user in people_by_role.items():
        expected = 200 if needs in MAY.get(role, set()) else 403
        assert client_of(user).get(url).status_code == expected, role


def test_nobody_changes_what_is_not_theirs(people_by_role: dict[str, User], expert: User) -> None:
    """Every door that changes something, posted to by everybody who may not: refused, and nothing is different."""
    team = make_team("ken")
    invitation = memberships.invite(team, "guest@example.org", "expert", language="en", by=None)
    case = make_case(team)
    posts = [
        ("invite", [team.pk], {"email": "x@example.org", "role": "lead", "language": "en"}, LEAD),
        ("invitation", [team.pk, invitation.pk], {"action": "again"}, LEAD),
        ("invitation", [team.pk, invitation.pk], {"action": "cancel"}, LEAD),
        ("role", [team.pk, expert.pk], {"role": "lead"}, LEAD),
        ("remove", [team.pk, expert.pk], {}, LEAD),
        ("co_teams", [case.pk], {"team": make_team("uga").pk}, LEAD),
        ("edit", [team.pk], {"name": "Taken over", "countries": ["ken"]}, EDIT),
        ("archive", [team.pk], {"action": "archive"}, EDIT),
        ("transfer", [case.pk], {"team": make_team("uga").pk}, EDIT),
        ("new", [], {"code": "deu", "name": "Germany", "countries": ["deu"]}, EDIT),
    ]
    before = state()
    for name, keys, data, needs in posts:
        for role, user in people_by_role.items():
            if needs not in MAY.get(role, set()):
                answer = client_of(user).post(reverse(f"teams:{name}", args=keys), data)
                away = answer.status_code == 302 and answer.headers["Location"] == reverse("wagtailadmin_home")
                assert answer.status_code in {403, 404} or away, (name, role)
    assert state() == before
    assert not case.co_teams.exists()


def test_strangers_are_asked_to_sign_in(client: Any) -> None:
    team = make_team("ken")
    for name, keys in (("index", []), ("team", [team.pk]), ("new", []), ("activity", [team.pk])):
        answer = client.get(reverse(f"teams:{name}", args=keys))
        assert answer.status_code == 302
        assert "/login/" in answer.headers["Location"]


def test_each_sees_the_own_teams_in_the_list(people_by_role: dict[str, User]) -> None:
    url = reverse("teams:index")
    seen = {}
    for role, user in people_by_role.items():
        answer = client_of(user).get(url)
        seen[role] = (
            {team.code for team in answer.context["object_list"]} if answer.status_code == 200 else answer.status_code
        )
    everything = {"ken", "uga", "international"}
    assert seen == {
        "lead": {"ken"},
        "expert": {"ken"},
        "editor": everything,
        "admin": everything,
        "outsider 0": {"uga"},
        "outsider 1": 403,
        "outsider 2": 403,
    }


def test_an_expert_sees_colleagues_without_their_addresses(expert: User, lead: User) -> None:
    memberships.invite(make_team("ken"), "guest@example.org", "expert", language="en", by=lead)
    page = client_of(expert).get(reverse("teams:team", args=[make_team("ken").pk])).content.decode()
    assert "lead-ken" in page
    assert "lead-ken@example.org" not in page
    assert "guest@example.org" not in page


def test_the_menu_shows_teams_to_those_who_have_any(expert: User, editor: User, outsiders: list[User]) -> None:
    url, home = reverse("teams:index"), reverse("wagtailadmin_home")
    for user in (expert, editor):
        assert url in client_of(user).get(home).content.decode()
    assert url not in client_of(outsiders[1]).get(home).content.decode()


@pytest.mark.parametrize("state_filter", ["active", "archived", "leaderless", "nonsense"])
def test_the_list_is_filtered_and_searched(state_filter: str, editor: User, lead: User) -> None:
    CountryTeam.objects.filter(code="uga").update(archived_at="2026-01-01T00:00Z")
    answer = client_of(editor).get(reverse("teams:index"), {"state": state_filter})
    expected = {
        "active": {"ken", "international"},
        "archived": {"uga"},
        "leaderless": {"international"},
        "nonsense": {"ken", "uga", "international"},
    }
    assert {team.code for team in answer.context["object_list"]} == expected[state_filter]
    found = client_of(editor).get(reverse("teams:index"), {"q": "KEN"}).context["object_list"]
    assert [team.code for team in found] == ["ken"]
