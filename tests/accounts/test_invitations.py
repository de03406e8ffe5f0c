"""Invitations: the mailed link works once, for seven days, and only for the address it was sent to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.users.models import UserProfile

import pytest

from accounts import invitations
from accounts.models import Invitation, User
from core.mailing.models import QueuedMail
from tests.accounts.conftest import Links

pytestmark = pytest.mark.usefixtures("repository")
PASSWORD = "a-long-enough-password"
ANSWERS = {
    "first_name": "Amina",
    "last_name": "Odhiambo",
    "language": "fr",
    "time_zone": "Africa/Nairobi",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def invite(email: str = "amina@example.org", *groups: str, language: str = "en") -> Invitation:
    found = Group.objects.filter(name__in=groups or ["team:ken"])
    return invitations.invite(email, found, "Team ken", language=language, by=None)


@pytest.fixture
def link(links: Links) -> str:
    """The link that Amina got."""
    return links(invite)[0]


def age(days: int) -> None:
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=days))


def test_who_is_invited_makes_an_account_and_is_signed_in(link: str, client: Client) -> None:
    page = client.get(link).content.decode()
    assert "Join Team ken" in page
    assert '<optgroup label="Africa">' in page
    assert page.count("data-own-time-zone") == 1
    response = client.post(link, ANSWERS)
    assert (response.status_code, response.headers["Location"]) == (302, reverse("wagtailadmin_home"))
    user = User.objects.get(email="amina@example.org")
    assert [group.name for group in user.groups.all()] == ["team:ken"]
    assert user.check_password(PASSWORD)
    profile = UserProfile.objects.get(user=user)
    assert (profile.preferred_language, profile.current_time_zone) == ("fr", "Africa/Nairobi")
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert Invitation.objects.get().accepted_by == user


def test_the_link_works_once(link: str) -> None:
    assert Client().post(link, ANSWERS).status_code == 302
    for again in (Client().get(link), Client().post(link, {**ANSWERS, "first_name": "Somebody else"})):
        assert again.status_code == 410
        assert "accepted already" in again.content.decode()
    assert User.objects.count() == 1


def test_looking_at_the_page_changes_nothing(link: str, client: Client) -> None:
    for _ in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert Invitation.objects.get().state == Invitation.State.PENDING
    assert not User.objects.exists()


def test_after_seven_days_the_link_is_out_of_date(link: str, client: Client, links: Links) -> None:
    age(6)
    assert client.get(link).status_code == 200
    age(7)
    answer = client.post(link, ANSWERS)
    assert answer.status_code == 410
    assert "out of date" in answer.content.decode()
    assert not User.objects.exists()
    fresh = links(lambda: invitations.send_again(Invitation.objects.get()))[0]
    assert client.get(link).status_code == 404, "a new mail makes the old link void"
    assert client.post(fresh, ANSWERS).status_code == 302


def test_a_cancelled_invitation_is_void(link: str, client: Client) -> None:
    assert invitations.cancel(Invitation.objects.get())
    assert not invitations.cancel(Invitation.objects.get())
    assert client.post(link, ANSWERS).status_code == 410
    with pytest.raises(invitations.InvitationUnusableError):
        invitations.send_again(Invitation.objects.get())


@pytest.mark.parametrize("token", ["x", "é" * 20, "a" * 300])
def test_a_wrong_token_is_nothing(token: str, client: Client) -> None:
    invite()
    address = reverse("accept_invitation", args=[token])
    assert client.get(address).status_code == 404
    assert client.post(address, ANSWERS).status_code == 404


def test_only_the_hash_of_the_token_is_kept(link: str) -> None:
    token = link.rstrip("/").rsplit("/", 1)[-1]
    kept = [str(list(model.objects.values())) for model in (Invitation, QueuedMail)]
    assert len(token) > 40
    assert token not in "".join(kept)


def test_nobody_takes_the_invitation_to_another_address(link: str, client: Client) -> None:
    client.post(link, {**ANSWERS, "email": "other@example.org"})
    assert User.objects.get().email == "amina@example.org"


def test_an_existing_account_is_added_when_it_accepts(client: Client, links: Links) -> None:
    user = User.objects.create_user("Amina@example.org", PASSWORD)
    user.groups.add(Group.objects.get(name="team:uga"))
    link = links(invite)[0]
    page = client.get(link).content.decode()
    assert 'name="password1"' not in page
    assert not user.groups.filter(name="team:ken").exists()
    assert "You have joined Team ken" in client.post(link).content.decode()
    assert set(user.groups.values_list("name", flat=True)) == {"team:ken", "team:uga"}
    assert User.objects.count() == 1
    assert "_auth_user_id" not in client.session, "the link signs nobody in to an account with a password"
    assert client.post(link).status_code == 410


def test_who_is_signed_in_goes_on_to_the_admin(client: Client, links: Links) -> None:
    user = User.objects.create_user("amina@example.org", PASSWORD)
    link = links(invite)[0]
    client.force_login(user)
    assert client.post(link).headers["Location"] == reverse("wagtailadmin_home")


def test_a_closed_account_stays_closed(client: Client, links: Links) -> None:
    User.objects.create_user("amina@example.org", PASSWORD, is_active=False)
    link = links(invite)[0]
    answer = client.post(link)
    assert answer.status_code == 403
    assert "closed" in answer.content.decode()
    assert not User.objects.get().groups.exists()
    assert Invitation.objects.get().state == Invitation.State.PENDING


def test_who_is_signed_in_as_somebody_else_is_told(client: Client, link: str) -> None:
    other = User.objects.create_user("other@example.org", PASSWORD, first_name="Other", last_name="Person")
    client.force_login(other)
    assert "signed in as Other Person" in client.get(link).content.decode()
    client.post(link, ANSWERS)
    assert client.session["_auth_user_id"] == str(User.objects.get(email="amina@example.org").pk)
    assert not other.groups.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"password2": "something-else-entirely"}, "password2"),
        ({"password1": "short", "password2": "short"}, "password2"),
        ({"password1": "amina@example.org", "password2": "amina@example.org"}, "password2"),
        ({"first_name": ""}, "first_name"),
        ({"language": "xx"}, "language"),
        ({"time_zone": "Mars/Phobos"}, "time_zone"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    wrong: dict[str, str], field: str, client: Client, link: str
) -> None:
    answer = client.post(link, {**ANSWERS, **wrong})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not User.objects.exists()
    assert Invitation.objects.get().state == Invitation.State.PENDING


def test_the_mail_is_in_the_language_of_the_invitation(links: Links, client: Client) -> None:
    link = links(lambda: invite("amina@example.org", language="fr"))[0]
    assert link.startswith("/fr/")
    assert mail.outbox[0].to == ["amina@example.org"]
    assert 'lang="fr"' in client.get(link).content.decode()


def test_two_invitations_of_one_person_make_one_account(links: Links) -> None:
    first, second = links(lambda: [invite(), invite("AMINA@example.org", "team:uga")])
    assert Client().post(first, ANSWERS).status_code == 302
    assert Client().post(second).status_code == 200
    assert set(User.objects.get().groups.values_list("name", flat=True)) == {"team:ken", "team:uga"}


def test_invitations_hold_no_half_of_an_account(links: Links, client: Client) -> None:
    """What fails while the group is joined leaves neither account nor used link behind."""
    link = links(invite)[0]

    def fail(**_kwargs: Any) -> None:
        raise invitations.InvitationUnusableError

    invitations.accepted.connect(fail)
    try:
        assert client.post(link, ANSWERS).status_code == 302
    finally:
        invitations.accepted.disconnect(fail)
    assert not User.objects.exists()
    assert Invitation.objects.get().state == Invitation.State.PENDING
