"""The admin's home page: moderators see their claims and what waits longest, authors where their cases are."""

from __future__ import annotations

import datetime as dt

from django.test import Client
from django.utils import timezone

import pytest

from cases.workflow.decisions import claim
from cases.workflow.models import Submission
from tests.cases.desk.submitted import somebody, submitted
from tests.cases.editor.conftest import sign_in

pytestmark = pytest.mark.usefixtures("repository")


def home(client: Client) -> str:
    return " ".join(client.get("/admin/").content.decode().split())


def test_a_moderator_sees_own_claims_and_the_head_of_the_queue(editor: Client) -> None:
    for number in range(7):
        row = submitted(f"Waiting {number}")
        since = timezone.now() - dt.timedelta(days=30 - number)
        Submission.objects.filter(pk=row.pk).update(step_since=since)
    claim(Submission.objects.get(entry__title="Waiting 6").workflow_state.current_task_state, somebody())
    text = home(editor)
    assert "7 entries wait for a decision" in text
    mine, head = text.split("Waits longest")
    assert "Waiting 6" in mine
    assert [f"Waiting {number}" in head for number in range(7)] == [True] * 5 + [False] * 2


def test_a_reviewer_sees_the_queue_without_claims(reviewer: Client) -> None:
    submitted("Readable")
    text = home(reviewer)
    assert "Readable" in text
    assert "My claims" not in text


def test_an_author_sees_how_far_own_submissions_are_and_nobody_elses(expert: Client) -> None:
    submitted("Own of the team")
    submitted("Secret of Uganda", "uga")
    author = sign_in("nobody@example.org", "team:ken")
    author.force_login(somebody("author-ken@example.org", "team:ken"))
    text = home(author)
    assert "1 entry that you submitted is on its way." in text
    for client in (author, expert):
        assert "Secret of Uganda" not in home(client)
        assert "/admin/authoring/mine/" in home(client)
        assert "wait for a decision" not in home(client)
