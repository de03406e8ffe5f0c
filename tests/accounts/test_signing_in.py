"""Nobody tries passwords without end, or floods a mailbox with new ones."""

from __future__ import annotations

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

import pytest

from accounts.models import User
from accounts.signing_in import MOST_RESETS, MOST_SIGN_INS, TIMES_ALL
from core.mailing.models import QueuedMail
from tests.accounts.conftest import Links

pytestmark = pytest.mark.usefixtures("repository")
EMAIL, PASSWORD, NEW = "amina@example.org", "a-long-enough-password", "another-good-password"
SIGN_IN, ASK = reverse("wagtailadmin_login"), reverse("wagtailadmin_password_reset")
ELSEWHERE = "192.0.2.7"


@pytest.fixture
def amina() -> User:
    return User.objects.create_user(EMAIL, PASSWORD)


def sign_in(account: str, password: str, sender: str = "127.0.0.1") -> HttpResponse:
    return Client(REMOTE_ADDR=sender).post(SIGN_IN, {"username": account, "password": password})


def tries(account: str) -> list[int]:
    """How the site answers to wrong passwords, one more than there may be."""
    return [sign_in(account, "wrong").status_code for _ in range(MOST_SIGN_INS + 1)]


def test_after_many_wrong_passwords_no_password_is_looked_at(amina: User) -> None:
    assert tries(EMAIL) == tries("nobody@example.org") == [200] * MOST_SIGN_INS + [429]
    answer = sign_in(EMAIL.upper(), PASSWORD)
    assert answer.status_code == 429
    assert "Too many attempts to sign in" in answer.content.decode()
    assert sign_in(EMAIL, PASSWORD, ELSEWHERE).status_code == 302, "who is elsewhere is not locked out"


def test_whoever_comes_in_begins_anew(amina: User) -> None:
    for password in [*["wrong"] * (MOST_SIGN_INS - 1), PASSWORD] * 2:
        assert sign_in(EMAIL, password).status_code == (302 if password == PASSWORD else 200)


def test_a_new_password_opens_the_door_again(amina: User, client: Client, links: Links) -> None:
    tries(EMAIL)
    link = links(lambda: client.post(ASK, {"email": EMAIL}))[0]
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"new_password1": NEW, "new_password2": NEW})
    assert sign_in(EMAIL, NEW).status_code == 302


def test_one_password_is_not_tried_at_every_account(amina: User) -> None:
    spread = [sign_in(f"{n}@example.org", "wrong").status_code for n in range(MOST_SIGN_INS * TIMES_ALL)]
    assert set(spread) == {200}
    assert sign_in(EMAIL, PASSWORD).status_code == 429


def test_nobody_floods_a_mailbox_with_new_passwords(amina: User, client: Client) -> None:
    def ask(account: str, sender: str = "127.0.0.1") -> HttpResponse:
        return client.post(ASK, {"email": account}, REMOTE_ADDR=sender)

    for account in (EMAIL, "nobody@example.org"):
        assert [ask(account).status_code for _ in range(MOST_RESETS + 1)] == [302] * MOST_RESETS + [429]
    assert "Too many requests" in ask(EMAIL.upper()).content.decode()
    assert QueuedMail.objects.count() == MOST_RESETS
    assert ask(EMAIL, ELSEWHERE).status_code == 302


def test_restricted_pages_send_to_the_same_door(client: Client) -> None:
    answer = client.get("/fr/_util/login/?next=/fr/teams/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{SIGN_IN}?next=/fr/teams/")
