"""An editor makes a team in one form: everything, or nothing."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from wagtail.models import Collection, ModelLogEntry

import pytest

from accounts.models import Invitation, User
from cases.models import CountryTeam, CountryTeamPage, TeamIndexPage
from tests.cases.members.conftest import account, client_of, mailed
from tests.factories.entries import make_team

pytestmark = pytest.mark.usefixtures("repository")
NEW = reverse("teams:new")
GERMANY = {"code": "DEU", "name": "Germany", "countries": ["deu"], "contact": "team@example.org"}


def everything() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (CountryTeam, CountryTeamPage, Collection, Group, Invitation))


def test_one_form_makes_the_team_its_pages_groups_rights_and_collection(editor: User) -> None:
    answer = client_of(editor).post(NEW, {**GERMANY, "lead_email": "lead@example.org", "lead_language": "fr"})
    team = CountryTeam.objects.get(code="deu")
    assert answer.headers["Location"] == reverse("teams:team", args=[team.pk])
    assert team.pages.count() == TeamIndexPage.objects.count()
    assert team.collection.name == "Germany"
    expert = account("a@example.org", "team:deu")
    assert team.pages.first().permissions_for_user(expert).can_add_subpage()
    invitation = Invitation.objects.get()
    assert {group.name for group in invitation.groups.all()} == {"team:deu", "team-lead:deu"}
    assert invitation.language == "fr"
    assert mailed("invitation") == {"lead@example.org"}
    log = ModelLogEntry.objects.filter(object_id=str(team.pk)).values_list("action", "user")
    assert set(log) == {("cases.team.create", editor.pk), ("cases.team.invite", editor.pk)}


def test_the_command_makes_the_same(editor: User) -> None:
    client_of(editor).post(NEW, GERMANY)
    call_command("create_team", "fra", name="France", countries=["fra"], verbosity=0)
    by_form, by_command = (CountryTeam.objects.get(code=code) for code in ("deu", "fra"))
    assert by_form.pages.count() == by_command.pages.count()
    for first, second in zip(by_form.groups().order_by("name"), by_command.groups().order_by("name"), strict=True):
        assert set(first.permissions.all()) == set(second.permissions.all())
        rights = [
            sorted(group.page_permissions.values_list("permission__codename", flat=True)) for group in (first, second)
        ]
        assert rights[0] == rights[1]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "ken"}, "code"),
        ({"code": "no good"}, "code"),
        ({"code": "xyz"}, "code"),
        ({"name": ""}, "name"),
        ({"countries": ["atlantis"]}, "countries"),
        ({"contact": "nobody"}, "contact"),
        ({"lead_email": "nobody"}, "lead_email"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(wrong: dict[str, object], field: str, editor: User) -> None:
    before = everything()
    answer = client_of(editor).post(NEW, {**GERMANY, **wrong})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert everything() == before


def test_a_language_without_a_list_of_teams_makes_nothing(editor: User) -> None:
    TeamIndexPage.objects.get(locale__language_code="da").delete()
    before = everything()
    answer = client_of(editor).post(NEW, {**GERMANY, "lead_email": "lead@example.org"})
    assert "setup_site" in answer.content.decode()
    assert everything() == before
    assert not mailed("invitation")


def test_an_editor_changes_name_countries_and_contact(editor: User) -> None:
    team = make_team("ken")
    url = reverse("teams:edit", args=[team.pk])
    client = client_of(editor)
    assert 'value="Team ken"' in client.get(url).content.decode()
    answer = client.post(url, {"name": "Kenya", "countries": ["ken", "tza"], "contact": ""})
    assert answer.status_code == 302
    team.refresh_from_db()
    assert (team.name, team.code) == ("Kenya", "ken")
    assert {country.code for country in team.countries.all()} == {"ken", "tza"}
    answer = client.post(url, {"name": "Kenya", "countries": ["tza"], "contact": ""})
    assert "keep that country" in answer.content.decode()
    assert ModelLogEntry.objects.filter(action="cases.team.edit").count() == 1
