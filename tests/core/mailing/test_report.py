"""Operators see which mails do not get out and why, and try them again; nobody reads a mail's text there."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from accounts.models import User
from accounts.roles import EDITORS, REVIEWERS
from core.mailing.models import QueuedMail

pytestmark = pytest.mark.usefixtures("repository")
URL = reverse("mail_report")


def client_of(role: str) -> Client:
    user = User.objects.create_user(f"{role}@example.org".replace(" ", "-"))
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


def mail(address: str, **fields: Any) -> QueuedMail:
    values = {"kind": "invitation", "language": "en", "subject": "Subject", "body": "A secret link"}
    return QueuedMail.objects.create(address=address, **{**values, **fields})


@pytest.fixture
def mails(repository: None) -> None:
    mail("waits@example.org")
    mail("gone@example.org", sent_at=timezone.now(), body="")
    mail("failed@example.org", set_aside_at=timezone.now(), trouble="SMTPRecipientsRefused: no such user", attempts=7)


def test_editors_see_what_was_given_up_and_try_it_again(mails: None) -> None:
    editor = client_of(EDITORS)
    page = editor.get(URL).content.decode()
    for text in ("no such user", "Given up", "Waiting", "Delivered", "Invitations", "Try 1 mail again"):
        assert text in page, text
    assert "A secret link" not in page
    editor.post(URL)
    tried = QueuedMail.objects.get(address="failed@example.org")
    assert (tried.set_aside_at, tried.attempts) == (None, 0)


@pytest.mark.parametrize(
    ("state", "address"),
    [("waiting", "waits@example.org"), ("given-up", "failed@example.org"), ("delivered", "gone@example.org")],
)
def test_the_list_is_filtered(state: str, address: str, mails: None) -> None:
    found = client_of(EDITORS).get(URL, {"state": state}).context["object_list"]
    assert [entry.address for entry in found] == [address]


def test_others_see_nothing(mails: None) -> None:
    reviewer = client_of(REVIEWERS)
    assert reviewer.get(URL).status_code in {302, 403}
    reviewer.post(URL)
    assert QueuedMail.objects.set_aside().exists()
    assert URL not in reviewer.get(reverse("wagtailadmin_home")).content.decode()


def test_many_mails_cost_no_more(mails: None) -> None:
    editor = client_of(EDITORS)

    def count() -> int:
        editor.get(URL)
        with CaptureQueriesContext(connection) as queries:
            editor.get(URL)
        return len(queries)

    few = count()
    for number in range(20):
        mail(f"m{number}@example.org")
    assert count() == few


def test_operators_are_told_of_mail_that_waits_for_long(client: Client, mails: None) -> None:
    assert client.get("/readyz").json()["mail"] == {"waiting": 1, "late": 0, "given_up": 1}
    QueuedMail.objects.update(created_at=timezone.now() - timezone.timedelta(hours=2))
    answer = client.get("/readyz").json()
    assert (answer["status"], answer["mail"]["late"]) == ("degraded", 1)
