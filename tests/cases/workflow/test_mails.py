"""Who is told what, in which language; reminders, escalation, and what could not go live."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

import pytest

from cases.models import CaseStudyPage, Clearance, EntryPage, Submission, Term
from cases.workflow import Step
from cases.workflow.chores import remind_and_escalate
from core.models import QueuedMail
from tests.cases.workflow.conftest import People, is_live, step
from tests.cases.workflow.test_path import make_due
from tests.factories.entries import make_case, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody(people: People) -> People:
    """All roles, with French for the editor and Arabic for the lead."""
    for name in ("expert", "lead", "stranger", "reviewer", "editor", "editor2", "ethics", "ethics2", "admin"):
        assert people[name].user.pk
    for name, language in (("editor", "fr"), ("lead", "ar")):
        profile = people[name].user.wagtail_userprofile
        profile.preferred_language = language
        profile.save()
    return people


@pytest.fixture
def case(everybody: People) -> CaseStudyPage:
    page = make_case(make_team("ken"), live=False, title="Wells that people count")
    page.save_revision(user=everybody["expert"].user)
    return page


def sent(kind: str) -> set[str]:
    """To whom mails of a kind went since the last look; a mail is to one."""
    mails = QueuedMail.objects.filter(kind=kind)
    found = [mail.address.split("@")[0] for mail in mails]
    assert len(found) == len(set(found))
    mails.delete()
    return set(found)


def test_each_step_tells_the_right_people(everybody: People, submitted: CaseStudyPage) -> None:
    french = QueuedMail.objects.get(kind="review-submitted", address="editor@example.org")
    assert french.language == "fr"
    assert "Wells that people count" in french.subject
    assert f"/admin/reviews/{submitted.pk}/" in french.body
    assert french.headers["List-Unsubscribe"]
    assert sent("review-submitted") == {"editor", "editor2"}
    everybody["editor"].does(submitted, "claim")
    everybody["editor"].does(submitted, "reject", "Say who counted.")
    arabic = QueuedMail.objects.get(kind="review-changes-asked", address="lead@example.org")
    assert arabic.language == "ar"
    assert "Say who counted." in arabic.body
    assert "List-Unsubscribe" not in arabic.headers
    assert sent("review-changes-asked") == {"expert", "lead"}
    everybody["lead"].submits(submitted)
    assert sent("review-submitted") == {"editor"}  # who has claimed it goes on
    everybody["editor"].does(submitted, "approve")
    assert sent("review-published") == {"expert", "lead"}
    assert not QueuedMail.objects.exclude(kind__startswith="review-").exists()


def test_a_rejection_tells_its_reason(everybody: People, submitted: CaseStudyPage) -> None:
    everybody["editor"].does(submitted, "refuse", "Not about citizen data.")
    assert "Not about citizen data." in QueuedMail.objects.filter(kind="review-rejected")[0].body
    assert sent("review-rejected") == {"expert", "lead"}
    assert sent("review-taken-back") == set()


def test_ethics_moderators_are_told_when_it_is_their_turn(everybody: People) -> None:
    case = make_case(make_team("ken"), live=False, sensitive=True, sensitive_reason="Small villages.")
    case.save_revision(user=everybody["expert"].user)
    everybody["expert"].submits(case)
    assert sent("review-ethics") == set()
    everybody["editor"].does(case, "approve")
    assert sent("review-ethics") == {"ethics", "ethics2"}
    assert sent("review-published") == set()


@pytest.mark.parametrize(("action", "word"), [("reject", "Sent back after"), ("refuse", "Rejected after")])
def test_who_approved_is_told_when_ethics_decides_otherwise(everybody: People, action: str, word: str) -> None:
    case = make_case(make_team("ken"), live=False, sensitive=True, sensitive_reason="Small villages.")
    case.save_revision(user=everybody["expert"].user)
    everybody["expert"].submits(case)
    everybody["editor2"].does(case, "approve")
    everybody["ethics"].does(case, action, "The villages can be recognised.")
    mail = QueuedMail.objects.get(kind="review-outcome")
    assert word in mail.subject
    assert "The villages can be recognised." in mail.body
    assert mail.headers["List-Unsubscribe"]
    assert sent("review-outcome") == {"editor2"}


def test_who_approved_an_earlier_submission_is_not_told_of_the_next(everybody: People) -> None:
    case = make_case(make_team("ken"), live=False, sensitive=True, sensitive_reason="Small villages.")
    case.save_revision(user=everybody["expert"].user)
    everybody["expert"].submits(case)
    everybody["editor2"].does(case, "approve")
    everybody["ethics"].does(case, "reject", "The villages can be recognised.")
    assert sent("review-outcome") == {"editor2"}
    everybody["expert"].submits(case, summary="Without the villages.")
    everybody["editor"].does(case, "reject", "Still recognised.")
    assert sent("review-outcome") == set()


def test_comments_are_told_to_those_who_take_part(everybody: People, submitted: CaseStudyPage) -> None:
    url = reverse("review_comment", args=[submitted.pk])
    everybody["reviewer"].client.post(url, {"text": "Which year?"})
    assert sent("review-comment") == {"expert"}
    everybody["editor"].client.post(url, {"text": "2020, I think."})
    assert sent("review-comment") == {"expert", "reviewer"}


def test_whoever_claimed_is_told_that_it_was_taken_back(everybody: People, submitted: CaseStudyPage) -> None:
    everybody["editor"].does(submitted, "claim")
    everybody["expert"].client.post(reverse("review_take_back", args=[submitted.pk]))
    assert sent("review-taken-back") == {"editor"}


def put_due(entry: CaseStudyPage, days: float) -> None:
    Submission.objects.of(entry).update(due_at=timezone.now() + timedelta(days=days))


def test_reminders_and_escalation_come_once_a_step(everybody: People, submitted: CaseStudyPage) -> None:
    assert remind_and_escalate() == 0
    put_due(submitted, 2)
    assert (remind_and_escalate(), remind_and_escalate()) == (1, 0)
    assert sent("review-reminder") == {"editor", "editor2"}
    put_due(submitted, -1)
    assert (remind_and_escalate(), remind_and_escalate()) == (1, 0)
    assert sent("review-escalation") == {"editor", "editor2", "admin"}
    everybody["editor"].does(submitted, "reject", "Say who counted.")
    put_due(submitted, 1)
    remind_and_escalate()
    assert sent("review-team-reminder") == {"expert", "lead"}
    everybody["expert"].submits(submitted)
    put_due(submitted, -1)
    assert remind_and_escalate() == 1


def test_what_is_decided_is_not_reminded_of(everybody: People, submitted: CaseStudyPage) -> None:
    everybody["editor"].does(submitted, "approve")
    Submission.objects.update(due_at=timezone.now() - timedelta(days=1))
    assert remind_and_escalate() == 0


def test_what_cannot_go_live_is_told_once_and_goes_live_when_it_can(
    everybody: People, submitted: CaseStudyPage
) -> None:
    when = timezone.now() + timedelta(days=3)
    everybody["editor"].does(submitted, "approve", go_live_at=when.strftime("%Y-%m-%d %H:%M"))
    assert sent("review-scheduled") == {"expert", "lead"}
    health = Term.objects.filter(vocabulary="themes", code="health")
    health.update(retired_at=timezone.now())
    revision = EntryPage.objects.get(pk=submitted.pk).latest_revision
    make_due(revision)
    call_command("publish_scheduled", verbosity=0)
    call_command("publish_scheduled", verbosity=0)
    assert not is_live(submitted)
    assert "no longer used" in QueuedMail.objects.filter(kind="schedule-failed")[0].body
    assert sent("schedule-failed") == {"editor", "editor2", "expert", "lead"}
    assert "no longer used" in Clearance.objects.get(revision=revision).trouble
    assert "no longer used" in everybody["editor"].reads(submitted).content.decode()
    health.update(retired_at=None)
    call_command("publish_scheduled", verbosity=0)
    assert is_live(submitted)
    assert sent("review-published") == {"expert", "lead"}
    assert step(submitted) == Step.APPROVED


def test_a_time_written_past_the_workflow_publishes_nothing(everybody: People, case: CaseStudyPage) -> None:
    case.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled", verbosity=0)
    assert not is_live(case)
