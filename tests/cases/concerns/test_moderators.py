"""The moderators' side of concerns: who sees what, claim, answer, close; and that reporters are forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wagtail.models import PageLogEntry

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from cases.concerns.handling import forget_reporters
from cases.concerns.models import Concern
from cases.models import CaseStudyPage
from tests.cases.concerns.people import client_of, make_user
from tests.factories.entries import make_case, make_team, term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("repository")]
TEXT, ADDRESS = "My sister can be recognised.", "reporter@example.org"
LIST = "/admin/desk/concerns/"


def make_concern(case: CaseStudyPage, reason: str = "unsafe-for-people", **more: Any) -> Concern:
    values = {
        "subject": case.reference,
        "title": case.title,
        "language": "en",
        "reason_id": term("concern_reasons", reason).id,
        "urgent": bool(term("concern_reasons", reason).facts["urgent"]),
        "text": TEXT,
        "email": ADDRESS,
    }
    return Concern.objects.create(entry=case, team=case.team, **{**values, **more})


@pytest.fixture
def case() -> CaseStudyPage:
    """A published case of Kenya's team."""
    return make_case(make_team("ken"), title="Wells")


def detail(concern: Concern) -> str:
    return reverse("concern_detail", args=[concern.pk])


def test_who_sees_a_concern_and_how_much_of_it(case: CaseStudyPage) -> None:
    closed, shared = make_concern(case), make_concern(case, may_share=True)
    people = {
        "editor": (["Editors"], "read", "read"),
        "ethics": (["Ethics moderators"], "read", "read"),
        "editor-of-the-team": (["Editors", "team:ken"], "bare", "read"),
        "expert": (["team:ken"], "none", "read"),
        "lead": (["team-lead:ken"], "none", "read"),
        "other-team": (["team:uga"], "none", "none"),
        "reviewer": (["Reviewers"], "none", "none"),
    }
    for name, (groups, of_closed, of_shared) in people.items():
        client = client_of(make_user(name, *groups))
        listed = client.get(LIST).content.decode()
        for concern, expected in ((closed, of_closed), (shared, of_shared)):
            response = client.get(detail(concern))
            found = "none"
            if response.status_code == 200:
                page = response.content.decode()
                found = "read" if TEXT in page and ADDRESS in page else "bare"
                assert found == "read" or (TEXT not in page and ADDRESS not in page)
            assert found == expected, (name, concern.may_share)
            assert (concern.number in listed) is (expected != "none"), name
        assert TEXT not in listed
        assert ADDRESS not in listed


def test_a_moderator_claims_answers_and_closes_and_every_step_is_noted_without_the_message(
    case: CaseStudyPage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    concern = make_concern(case)
    first, second = make_user("editor", "Editors"), make_user("editor2", "Editors")
    client_of(first).post(detail(concern), {"action": "claim"})
    concern.refresh_from_db()
    assert (concern.state, concern.claimed_by) == ("claimed", first)
    refused = client_of(second).post(detail(concern), {"action": "claim"}, follow=True)
    assert "looks into it already" in refused.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client_of(first).post(detail(concern), {"action": "answer", "answer-answer": "Thank you, we changed it."})
    assert [sent.to for sent in mail.outbox] == [[ADDRESS]]
    assert "we changed it" in mail.outbox[0].body
    client_of(first).post(detail(concern), {"action": "close", "close-outcome": "changed", "close-note": "Done."})
    concern.refresh_from_db()
    assert (concern.state, concern.outcome, concern.closed_by) == ("closed", "changed", first)
    notes = PageLogEntry.objects.filter(page=case.pk, action__startswith="cases.concern.").order_by("pk")
    assert [note.action.rpartition(".")[2] for note in notes] == ["claim", "answer", "close"]
    assert TEXT not in str(list(notes.values()))
    assert ADDRESS not in str(list(notes.values()))
    client_of(second).post(detail(concern), {"action": "claim"})  # opened again
    concern.refresh_from_db()
    assert (concern.state, concern.outcome) == ("claimed", "")


@pytest.mark.parametrize(
    "data",
    [
        {"action": "close", "close-outcome": ""},
        {"action": "close", "close-outcome": "made-up"},
        {"action": "answer", "answer-answer": ""},
        {"action": "made-up"},
        {},
    ],
)
def test_faulty_actions_change_nothing(case: CaseStudyPage, data: dict[str, str]) -> None:
    concern = make_concern(case)
    response = client_of(make_user("editor", "Editors")).post(detail(concern), data, follow=True)
    assert response.status_code == 200
    concern.refresh_from_db()
    assert concern.state == "new"
    assert mail.outbox == []


@pytest.mark.parametrize("groups", [["team:ken"], ["team:ken", "Editors"]])
def test_nobody_of_the_team_handles_a_concern_about_it(case: CaseStudyPage, groups: list[str]) -> None:
    concern = make_concern(case, may_share=True)
    client_of(make_user("insider", *groups)).post(
        detail(concern), {"action": "close", "close-outcome": "unchanged", "close-note": ""}
    )
    concern.refresh_from_db()
    assert concern.state == "new"


def test_the_list_filters_and_its_number_of_queries_does_not_grow(case: CaseStudyPage) -> None:
    client = client_of(make_user("editor", "Editors"))
    make_concern(case)
    make_concern(case, "copyright", state="closed", outcome="unchanged")
    client.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page = client.get(f"{LIST}?state=open").content.decode()
    assert page.count("/admin/concerns/") == 1
    assert client.get(f"{LIST}?reason=copyright").content.decode().count("/admin/concerns/") == 1
    assert client.get(f"{LIST}?urgent=true").content.decode().count("/admin/concerns/") == 1
    for _ in range(40):
        make_concern(case)
    with CaptureQueriesContext(connection) as many:
        page = client.get(f"{LIST}?state=open").content.decode()
    assert page.count("/admin/concerns/") == 41
    assert len(many) == len(few)
    exported = client.get(f"{LIST}?export=csv")
    assert exported.status_code == 200
    assert TEXT.encode() not in b"".join(exported.streaming_content)


def test_reporters_are_forgotten_some_time_after_the_end(case: CaseStudyPage) -> None:
    now = timezone.now()
    old = make_concern(case, state="closed", closed_at=now - timedelta(days=181))
    recent = make_concern(case, state="closed", closed_at=now - timedelta(days=10))
    waiting = make_concern(case)
    assert forget_reporters() == 1
    assert forget_reporters() == 0
    for concern in (old, recent, waiting):
        concern.refresh_from_db()
    assert (old.text, old.email) == ("", "")
    assert old.number
    assert recent.email == waiting.email == ADDRESS


def test_a_concern_outlives_its_entry(case: CaseStudyPage) -> None:
    concern = make_concern(case)
    reference = case.reference
    CaseStudyPage.objects.filter(pk=case.pk).update(live=False)
    Concern.objects.filter(pk=concern.pk).update(entry=None)
    page = client_of(make_user("editor", "Editors")).get(detail(concern)).content.decode()
    assert reference in page
