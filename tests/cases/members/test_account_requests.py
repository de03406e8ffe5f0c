"""Asking for an account: anybody may, not too often; an editor answers with an invitation or a reason."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from accounts.models import Invitation, User
from cases.members.requests.answers import AnswerError, accept, forget_old, receive
from cases.members.requests.page import MOST
from cases.models import AccountRequest
from core.guarding import stamp
from core.mailing.models import QueuedMail
from tests.cases.members.conftest import client_of, mailed
from tests.factories.entries import make_team

pytestmark = pytest.mark.usefixtures("repository")
ASK, LIST = "/fr/join/", "/admin/desk/account-requests/"


def asked(**more: object) -> dict[str, object]:
    drawn = stamp(timezone.now() - timedelta(minutes=2))
    person = {"name": "Zawadi", "email": "zawadi@example.org", "organisation": "", "message": "Wells in our county."}
    return {**person, "team": make_team("ken").pk, "website": "", "drawn": drawn, **more}


@pytest.fixture
def waiting() -> AccountRequest:
    request = AccountRequest(
        name="Zawadi", email="zawadi@example.org", message="Wells.", language="fr", team=make_team("ken")
    )
    assert receive(request)
    return request


def test_a_request_lands_with_the_editors(client: Client, editor: User) -> None:
    answer = client.post(ASK, asked(), follow=True)
    assert answer.redirect_chain[-1][0] == "/fr/join/thanks/"
    request = AccountRequest.objects.get()
    assert (request.name, request.language, request.team.code) == ("Zawadi", "fr", "ken")
    assert mailed("account-request") == {editor.email}
    page = client_of(editor).get(LIST).content.decode()
    assert "Zawadi" in page
    assert "requests for an account" in client_of(editor).get(reverse("desk")).content.decode()


def test_the_form_works_without_a_session_and_with_the_token_of_its_page(repository: None) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get(ASK)
    assert page.status_code == 200
    token = client.cookies["csrftoken"].value
    assert client.post(ASK, asked(csrfmiddlewaretoken=token)).status_code == 302
    assert client.post(ASK, asked()).status_code == 403


@pytest.mark.parametrize("more", [{"website": "https://spam.example"}, {"email": "ZAWADI@example.org"}])
def test_programs_and_repetitions_are_thanked_and_forgotten(more: dict[str, str], client: Client) -> None:
    if "email" in more:
        client.post(ASK, asked())
    before = AccountRequest.objects.count()
    assert client.post(ASK, asked(**more)).headers["Location"] == "/fr/join/thanks/"
    assert AccountRequest.objects.count() == before


def test_nobody_learns_who_has_an_account(client: Client, editor: User) -> None:
    stranger = client.post(ASK, asked())
    known = client.post(ASK, asked(email=editor.email))
    assert (known.status_code, known.headers["Location"]) == (stranger.status_code, stranger.headers["Location"])


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "x"}, "email"),
        ({"message": ""}, "message"),
        ({"message": "x" * 2001}, "message"),
        ({"team": 999}, "team"),
        ({"drawn": ""}, "drawn"),
        ({"drawn": "forged"}, "drawn"),
    ],
)
def test_what_is_wrong_is_said(more: dict[str, object], field: str, client: Client) -> None:
    answer = client.post(ASK, asked(**more))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not AccountRequest.objects.exists()


def test_one_sender_asks_so_often_and_no_more(client: Client) -> None:
    codes = [client.post(ASK, asked(email=f"z{number}@example.org")).status_code for number in range(MOST + 2)]
    assert codes == [302] * MOST + [429] * 2
    assert AccountRequest.objects.count() == MOST


def test_accepting_sends_an_invitation(editor: User, waiting: AccountRequest) -> None:
    url = reverse("account_request", args=[waiting.pk])
    assert "Wells." in client_of(editor).get(url).content.decode()
    uga = make_team("uga")
    client_of(editor).post(url, {"answer": "accept", "team": uga.pk, "role": "lead"})
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.language) == ("zawadi@example.org", "fr")
    assert {group.name for group in invitation.groups.all()} == {"team:uga", "team-lead:uga"}
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by) == (AccountRequest.State.ACCEPTED, editor)
    with pytest.raises(AnswerError):
        accept(waiting, uga, "expert", editor)
    assert 'name="answer"' not in client_of(editor).get(url).content.decode()


def test_refusing_tells_the_reason(editor: User, waiting: AccountRequest) -> None:
    url = reverse("account_request", args=[waiting.pk])
    client_of(editor).post(url, {"answer": "refuse", "reason": "Please write\nto the team of Kenya."})
    mail = QueuedMail.objects.get(kind="account-refused")
    assert (mail.address, mail.language) == ("zawadi@example.org", "fr")
    assert "Please write\nto the team of Kenya." in mail.body
    waiting.refresh_from_db()
    assert waiting.state == AccountRequest.State.REFUSED
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("answer", "field"), [({"answer": "accept"}, "team"), ({"answer": "refuse"}, "reason"), ({}, "answer")]
)
def test_half_an_answer_is_none(answer: dict[str, str], field: str, editor: User, waiting: AccountRequest) -> None:
    response = client_of(editor).post(reverse("account_request", args=[waiting.pk]), answer)
    assert list(response.context["form"].errors) == [field]
    waiting.refresh_from_db()
    assert waiting.state == AccountRequest.State.WAITING


def test_only_editors_read_requests(waiting: AccountRequest, lead: User, outsiders: list[User]) -> None:
    url = reverse("account_request", args=[waiting.pk])
    for user in (lead, *outsiders):
        assert client_of(user).get(url).status_code == 403
        assert client_of(user).post(url, {"answer": "refuse", "reason": "x"}).status_code == 403
        assert client_of(user).get(LIST).status_code in {302, 403}
    waiting.refresh_from_db()
    assert waiting.state == AccountRequest.State.WAITING


def test_answered_requests_are_forgotten_in_time(editor: User, waiting: AccountRequest) -> None:
    accept(waiting, make_team("ken"), "expert", editor)
    assert forget_old() == 0
    AccountRequest.objects.update(decided_at=timezone.now() - timedelta(days=91))
    assert forget_old() == 1


def test_the_list_costs_the_same_for_many(editor: User) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(editor)

    def count() -> int:
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return len(queries)

    def more(first: int, last: int) -> None:
        for number in range(first, last):
            person = {"name": "Z", "email": f"z{number}@example.org", "message": "x", "language": "en"}
            receive(AccountRequest(team=make_team("ken"), **person))

    more(0, 2)
    few = count()
    more(2, 12)
    assert count() == few
