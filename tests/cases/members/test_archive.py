"""An archived team writes nothing more; what it published stays, its members read; restoring undoes it."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from wagtail.models import ModelLogEntry

import pytest

from accounts.models import Invitation, User
from cases.members import memberships
from cases.members.archive import archive, restore
from cases.models import CaseStudyPage, CountryTeam
from tests.cases.editor.forms import edit_url, messages_of, read_form, send
from tests.cases.members.conftest import account, client_of, fresh, mailed
from tests.factories.entries import make_case, make_team, team_page
from tests.factories.files import make_file

pytestmark = pytest.mark.usefixtures("repository")


@pytest.fixture
def team() -> CountryTeam:
    return make_team("ken")


def add_url(team: CountryTeam) -> str:
    return reverse("wagtailadmin_pages:add", args=["cases", "casestudypage", team_page(team).pk])


def test_archiving_and_restoring(editor: User, lead: User, expert: User, team: CountryTeam, client: Client) -> None:
    public, draft = make_case(team), make_case(team, live=False, title="Draft of Kenya")
    record = make_file(collection=team.collection)
    memberships.invite(team, "guest@example.org", "expert", language="en", by=lead)
    session = client_of(expert)
    form = read_form(session, edit_url(draft))
    url = reverse("teams:archive", args=[team.pk])
    assert "Archive the team" in client_of(editor).get(url).content.decode()
    client_of(editor).post(url, {"action": "archive"})

    assert client.get(public.get_url_parts()[2]).status_code == 200
    assert "Draft of Kenya" in session.get(edit_url(draft)).content.decode()
    assert session.get(record.file.url).status_code == 200
    assert send(session, edit_url(draft), form, title="Changed all the same").status_code == 200
    draft.refresh_from_db()
    assert draft.draft_title == "Draft of Kenya"
    session.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))
    assert CaseStudyPage.objects.filter(pk=draft.pk).exists()
    assert session.get(add_url(team)).status_code == 302
    assert session.get(reverse("wagtaildocs:add")).status_code == 302
    assert Invitation.objects.get().state == Invitation.State.CANCELLED
    assert client_of(lead).get(reverse("teams:team", args=[team.pk])).status_code == 200
    assert client_of(lead).get(reverse("teams:invite", args=[team.pk])).status_code == 403
    assert mailed("team-archived") == {lead.email}

    page = client_of(editor).get(url).content.decode()
    assert "Restore the team" in page
    client_of(editor).post(url, {"action": "restore"})
    assert session.get(add_url(team)).status_code == 200
    assert send(session, edit_url(draft), form, title="Changed again").status_code == 302
    assert session.get(reverse("wagtaildocs:add")).status_code == 200
    actions = ModelLogEntry.objects.filter(object_id=str(team.pk)).order_by("pk").values_list("action", flat=True)
    assert list(actions)[-2:] == ["cases.team.archive", "cases.team.restore"]


def test_nobody_adds_an_entry_to_an_archived_team_and_editors_may_correct_one(editor: User, team: CountryTeam) -> None:
    case = make_case(team, live=False)
    archive(team, editor)
    client = client_of(editor)
    assert client.get(add_url(team)).status_code == 302
    admin = client_of(account("admin@example.org", is_superuser=True))
    assert admin.get(add_url(team)).status_code == 302
    assert send(client, edit_url(case), read_form(client, edit_url(case)), title="Corrected").status_code == 302
    case.refresh_from_db()
    assert case.draft_title == "Corrected"


def test_a_second_click_changes_nothing(editor: User, team: CountryTeam) -> None:
    assert (archive(team, editor), archive(team, editor)) == (True, False)
    assert (restore(team, editor), restore(team, editor)) == (True, False)
    entries = ModelLogEntry.objects.filter(
        object_id=str(team.pk), action__in=["cases.team.archive", "cases.team.restore"]
    )
    assert entries.count() == 2


def test_restoring_gives_back_exactly_what_archiving_took(editor: User, team: CountryTeam) -> None:
    def rights() -> list[tuple[object, ...]]:
        groups = team.groups().order_by("pk")
        pages = groups.values_list("pk", "page_permissions__page", "page_permissions__permission")
        files = groups.values_list("pk", "collection_permissions__collection", "collection_permissions__permission")
        return sorted([*pages, *files], key=str)

    before = rights()
    archive(team, editor)
    assert rights() != before
    restore(team, editor)
    assert rights() == before


def test_an_archived_co_author_is_none_until_it_is_back(editor: User, other_lead: User, team: CountryTeam) -> None:
    case = make_case(team, live=False)
    uga = make_team("uga")
    case.co_teams.add(uga)
    archive(uga, editor)
    assert not case.permissions_for_user(fresh(other_lead)).can_edit()
    restore(uga, editor)
    assert case.permissions_for_user(fresh(other_lead)).can_edit()


def test_members_of_an_archived_team_are_not_changed_by_its_lead(
    editor: User, lead: User, expert: User, team: CountryTeam
) -> None:
    archive(team, editor)
    assert client_of(lead).post(reverse("teams:remove", args=[team.pk, expert.pk])).status_code == 403
    role = reverse("teams:role", args=[team.pk, expert.pk])
    assert "is archived" in messages_of(client_of(editor).post(role, {"role": "lead"}, follow=True))
    assert client_of(editor).post(reverse("teams:remove", args=[team.pk, expert.pk])).status_code == 302


def test_a_translation_of_an_archived_team_is_locked_too(editor: User, expert: User, team: CountryTeam) -> None:
    from tests.factories.entries import translate

    french = translate(make_case(team), "fr", live=False)
    archive(team, editor)
    page = CaseStudyPage.objects.get(pk=french.pk)
    assert page.get_lock().for_user(fresh(expert))
    assert not page.get_lock().for_user(fresh(editor))
