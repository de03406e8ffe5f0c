"""A lead invites and removes; who is removed is out at once; a team does not lose its last lead by accident."""

from __future__ import annotations

from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.models import ModelLogEntry, Page

import pytest

from accounts.models import Invitation, User
from cases import people
from cases.members import memberships
from cases.models import CountryTeam
from core.mailing.delivery import deliver_due
from tests.cases.editor.forms import edit_url, messages_of, read_form, send
from tests.cases.members.conftest import account, client_of, fresh, mailed
from tests.factories.entries import make_case, make_team
from tests.factories.files import make_file

pytestmark = pytest.mark.usefixtures("repository")
PASSWORD = "a-long-enough-password"


@pytest.fixture
def team() -> CountryTeam:
    return make_team("ken")


def to(team: CountryTeam, name: str, *more: Any) -> str:
    return reverse(f"teams:{name}", args=[team.pk, *more])


def invite(by: User, team: CountryTeam, email: str = "new@example.org", role: str = "expert") -> Any:
    return client_of(by).post(to(team, "invite"), {"email": email, "role": role, "language": "en"})


def log_of(team: CountryTeam) -> list[str]:
    entries = ModelLogEntry.objects.filter(object_id=str(team.pk)).order_by("pk")
    return [str(entry.message) for entry in entries if entry.action != "cases.team.create"]


def test_from_the_invitation_to_the_first_edit(lead: User, team: CountryTeam) -> None:
    assert invite(lead, team).status_code == 302
    page = client_of(lead).get(to(team, "team")).content.decode()
    assert "new@example.org" in page
    deliver_due()
    link = next(word for word in mail.outbox[0].body.split() if "/invitations/" in word)
    answers = {"first_name": "New", "last_name": "Member", "language": "en", "time_zone": "UTC"}
    guest = Client()
    joined = guest.post(link, {**answers, "password1": PASSWORD, "password2": PASSWORD})
    assert joined.status_code == 302
    case = make_case(team, live=False)
    assert guest.get(edit_url(case)).status_code == 200
    assert mailed("team-joined") == {"lead-ken@example.org"}
    assert log_of(team) == ["Invited new@example.org", "New Member joined the team"]
    page = client_of(lead).get(to(team, "team")).content.decode()
    assert "New Member" in page
    assert not Invitation.objects.open().exists()


@pytest.mark.parametrize(
    ("email", "text"),
    [("EXPERT-ken@example.org", "belongs to the team already"), ("Invited@example.org", "invited already"), ("x", "")],
)
def test_nobody_is_invited_twice(lead: User, expert: User, team: CountryTeam, email: str, text: str) -> None:
    invite(lead, team, "invited@example.org")
    answer = invite(lead, team, email)
    assert answer.status_code == 200
    assert text in answer.content.decode()
    assert Invitation.objects.count() == 1


def test_who_has_an_account_elsewhere_is_invited_like_anybody(lead: User, other_lead: User, team: CountryTeam) -> None:
    """A lead does not learn who has an account."""
    assert invite(lead, team, other_lead.email).status_code == 302
    assert not people.teams_of(fresh(other_lead)) & {team.pk}
    assert mailed("invitation") == {other_lead.email}


def test_an_invitation_is_sent_again_and_taken_back(lead: User, team: CountryTeam) -> None:
    invite(lead, team)
    invitation = Invitation.objects.get()
    old = invitation.token_hash
    client, url = client_of(lead), to(team, "invitation", invitation.pk)
    client.post(url, {"action": "again"})
    invitation.refresh_from_db()
    assert invitation.token_hash != old
    client.post(url, {"action": "cancel"})
    invitation.refresh_from_db()
    assert invitation.state == Invitation.State.CANCELLED
    assert "was answered or taken back" in messages_of(client.post(url, {"action": "again"}, follow=True))
    assert log_of(team) == [
        "Invited new@example.org",
        "Sent the invitation of new@example.org again",
        "Took the invitation of new@example.org back",
    ]


def test_nobody_floods_a_mailbox_with_invitations(lead: User, team: CountryTeam) -> None:
    invite(lead, team)
    invitation = Invitation.objects.get()
    for _ in range(memberships.MOST_MAILED - 1):
        memberships.invite_again(team, invitation, lead)
    with pytest.raises(memberships.MembershipError, match="within an hour"):
        memberships.invite_again(team, invitation, lead)
    ModelLogEntry.objects.update(timestamp=timezone.now() - timezone.timedelta(hours=2))
    memberships.invite_again(team, invitation, lead)


def test_invitations_of_another_team_are_out_of_reach(lead: User, other_lead: User, team: CountryTeam) -> None:
    uga = make_team("uga")
    invite(other_lead, uga)
    invitation = Invitation.objects.get()
    assert client_of(lead).post(to(team, "invitation", invitation.pk), {"action": "cancel"}).status_code == 404
    assert client_of(lead).post(to(uga, "invitation", invitation.pk), {"action": "cancel"}).status_code == 403
    assert Invitation.objects.open().exists()


def test_who_is_removed_is_out_at_once_in_an_open_session_too(lead: User, expert: User, team: CountryTeam) -> None:
    other = account("third@example.org", "team:ken", "team:uga")
    session, second = client_of(expert), client_of(other)
    case = make_case(team, live=False, title="Draft of Kenya")
    record = make_file(collection=team.collection)
    form = read_form(session, edit_url(case))
    Page.objects.filter(pk=case.pk).update(locked=True, locked_by=expert)
    assert session.get(record.file.url).status_code == 200
    for member in (expert, other):
        assert client_of(lead).post(to(team, "remove", member.pk)).status_code == 302
    for client in (session, second):
        assert send(client, edit_url(case), form, title="Written afterwards").status_code in {302, 404}
        assert client.get(record.file.url).status_code == 404
        assert client.get(edit_url(case)).status_code in {302, 404}
        assert client.get(to(team, "team")).status_code in {302, 403}
    case.refresh_from_db()
    assert case.draft_title == "Draft of Kenya"
    assert not case.locked
    assert people.teams_of(fresh(other)) == {make_team("uga").pk}
    assert mailed("team-left") == {expert.email, other.email}
    assert log_of(team) == ["Removed expert-ken", "Removed third"]


def test_the_last_lead_stays_unless_an_editor_decides(
    lead: User, expert: User, editor: User, team: CountryTeam
) -> None:
    client = client_of(lead)
    for url, data in ((to(team, "remove", lead.pk), {}), (to(team, "role", lead.pk), {"role": "expert"})):
        assert "is the only lead" in messages_of(client.post(url, data, follow=True))
    assert people.led_by(fresh(lead)) == {team.pk}
    client.post(to(team, "role", expert.pk), {"role": "lead"})
    assert people.led_by(fresh(expert)) == {team.pk}
    client.post(to(team, "role", lead.pk), {"role": "expert"})
    assert people.teams_of(fresh(lead)) == {team.pk}
    assert not people.led_by(fresh(lead))
    client_of(editor).post(to(team, "remove", expert.pk))
    assert not people.leads(team).exists()
    assert log_of(team) == ["Made expert-ken a lead", "Made lead-ken an expert", "Removed expert-ken"]


def test_a_lead_who_leaves_comes_out_at_the_start(lead: User, team: CountryTeam) -> None:
    account("second@example.org", "team:ken", "team-lead:ken")
    answer = client_of(lead).post(to(team, "remove", lead.pk))
    assert answer.headers["Location"] == reverse("wagtailadmin_home")
    assert not people.teams_of(fresh(lead))
    assert mailed("team-left") == set()


def test_somebody_who_is_no_member_cannot_be_removed(lead: User, other_lead: User, team: CountryTeam) -> None:
    assert client_of(lead).post(to(team, "remove", other_lead.pk)).status_code == 404
    assert client_of(lead).post(to(team, "role", other_lead.pk), {"role": "lead"}).status_code == 404
    assert people.led_by(fresh(other_lead)) == {make_team("uga").pk}


def test_a_lead_who_does_not_want_the_mail_gets_none(lead: User, team: CountryTeam) -> None:
    from accounts.invitations import accept
    from accounts.models import MailRefusal

    MailRefusal.objects.create(user=lead, kind="team-joined")
    invite(lead, team)
    accept(Invitation.objects.get(), account("new@example.org"))
    assert mailed("team-joined") == set()
