"""An embargo and an end: the team proposes them in the editor, the editor who approves sees and decides."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

import pytest

from cases.models import CaseStudyPage, Submission
from cases.workflow import Step, status
from tests.cases.editor.forms import edit_url
from tests.cases.workflow.conftest import People, Person, is_live
from tests.cases.workflow.test_path import make_due
from tests.factories.entries import make_case, make_team

pytestmark = pytest.mark.django_db

NAIROBI, LIMA = "Africa/Nairobi", "America/Lima"
YEAR = timezone.now().year + 1
PROPOSED = datetime(YEAR, 3, 1, 9, 30, tzinfo=ZoneInfo(NAIROBI))
END = datetime(YEAR, 9, 1, 9, 30, tzinfo=ZoneInfo(NAIROBI))


def put_zone(person: Person, zone: str) -> None:
    profile = person.user.wagtail_userprofile
    profile.current_time_zone = zone
    profile.save()


def draft(entry: CaseStudyPage) -> CaseStudyPage:
    return CaseStudyPage.objects.get(pk=entry.pk).get_latest_revision_as_object()


@pytest.fixture
def proposed(people: People, case: CaseStudyPage) -> CaseStudyPage:
    """Submitted by somebody in Nairobi, with both times."""
    put_zone(people["expert"], NAIROBI)
    times = {"go_live_at": f"{YEAR}-03-01 09:30", "expire_at": f"{YEAR}-09-01 09:30"}
    assert people["expert"].submits(case, **times).status_code == 302
    return case


def test_the_editor_of_an_entry_says_in_whose_time_and_who_decides(people: People, case: CaseStudyPage) -> None:
    put_zone(people["expert"], NAIROBI)
    page = people["expert"].client.get(edit_url(case)).content.decode()
    assert f"Your time zone: {NAIROBI}." in page
    assert "Whoever approves the entry sees these times" in page
    assert "publishing permissions" not in page
    assert 'name="go_live_at"' in page
    assert 'name="expire_at"' in page


def test_times_of_the_team_are_kept_by_an_approval(people: People, proposed: CaseStudyPage) -> None:
    assert (draft(proposed).go_live_at, draft(proposed).expire_at) == (PROPOSED, END)
    put_zone(people["editor"], LIMA)
    page = people["editor"].reads(proposed).content.decode()
    assert f'value="{YEAR}-03-01 01:30"' in page
    assert f'value="{YEAR}-09-01 01:30"' in page
    sent = {"go_live_at": f"{YEAR}-03-01 01:30", "expire_at": f"{YEAR}-09-01 01:30"}
    people["editor"].does(proposed, "approve", **sent)
    assert not is_live(proposed)
    state = status(CaseStudyPage.objects.get(pk=proposed.pk))
    assert (state.step, state.scheduled_for) == (Step.SCHEDULED, PROPOSED)
    make_due(draft(proposed).latest_revision)
    call_command("publish_scheduled", verbosity=0)
    assert CaseStudyPage.objects.get(pk=proposed.pk).live
    assert CaseStudyPage.objects.get(pk=proposed.pk).expire_at == END


def test_the_editor_changes_the_times(people: People, proposed: CaseStudyPage) -> None:
    people["editor"].does(proposed, "approve", go_live_at="", expire_at=f"{YEAR}-10-01 12:00")
    page = CaseStudyPage.objects.get(pk=proposed.pk)
    assert page.live
    assert page.expire_at == datetime(YEAR, 10, 1, 12, tzinfo=timezone.get_default_timezone())


def test_what_ends_before_it_begins_is_not_approved(people: People, proposed: CaseStudyPage) -> None:
    answer = people["editor"].does(
        proposed, "approve", go_live_at=f"{YEAR}-05-01 12:00", expire_at=f"{YEAR}-04-01 12:00"
    )
    assert "It has to be later than" in answer.content.decode()
    answer = people["editor"].does(proposed, "approve", expire_at="2020-01-01 12:00")
    assert "Leave it empty to publish for good." in answer.content.decode()
    answer = people["editor"].does(proposed, "approve", go_live_at=f"{YEAR}-12-01 12:00")  # the end is the team's
    assert "would end before it begins" in answer.content.decode()
    assert Submission.objects.of(proposed)[0].step == Step.SUBMITTED


def test_an_ethics_moderator_sees_the_times_and_leaves_them(people: People) -> None:
    case = make_case(make_team("ken"), live=False, sensitive=True, sensitive_reason="Small villages.")
    case.save_revision(user=people["expert"].user)
    put_zone(people["expert"], NAIROBI)
    people["expert"].submits(case, go_live_at=f"{YEAR}-03-01 09:30")
    people["editor"].does(case, "approve")
    page = people["ethics"].reads(case).content.decode()
    assert "Not public before" in page
    assert 'name="go_live_at"' not in page
    people["ethics"].does(case, "approve")
    assert status(CaseStudyPage.objects.get(pk=case.pk)).scheduled_for == PROPOSED


@pytest.mark.parametrize(
    ("times", "message"),
    [
        ({"go_live_at": "2020-01-01 12:00"}, "Leave it empty if there is no embargo."),
        ({"expire_at": "2020-01-01 12:00"}, "Expiry date/time must be in the future."),
        (
            {"go_live_at": f"{YEAR}-09-01 12:00", "expire_at": f"{YEAR}-03-01 12:00"},
            "Go live date/time must be before expiry date/time",
        ),
        ({"go_live_at": "soon"}, "Enter a valid date/time."),
    ],
)
def test_times_that_cannot_be_are_refused(
    people: People, case: CaseStudyPage, times: dict[str, str], message: str
) -> None:
    answer = people["expert"].saves(case, **times)
    assert message in answer.content.decode()
    assert draft(case).go_live_at is draft(case).expire_at is None


def test_an_embargo_that_has_passed_meanwhile_hinders_nobody(people: People, case: CaseStudyPage) -> None:
    passed = timezone.now() - timedelta(days=3)
    case.go_live_at = passed
    case.save_revision(user=people["expert"].user)
    sent = timezone.localtime(passed).strftime("%Y-%m-%d %H:%M")
    assert people["expert"].submits(case, go_live_at=sent).status_code == 302
    page = people["editor"].reads(case).content.decode()
    assert sent not in page
    people["editor"].does(case, "approve")
    assert is_live(case)


def test_my_cases_tells_for_when_an_entry_is_scheduled(people: People, proposed: CaseStudyPage) -> None:
    people["editor"].does(proposed, "approve")
    make_case(make_team("ken"), live=False, title="Another").save_revision()
    mine = reverse("cases_authoring:mine")
    page = people["expert"].client.get(mine).content.decode()
    assert f"Scheduled for March 1, {YEAR}, 9:30 a.m." in page
    listed = people["expert"].client.get(mine, {"step": "scheduled"}).context["object_list"]
    assert [entry.pk for entry in listed] == [proposed.pk]
    assert f"Scheduled for March 1, {YEAR}" in people["expert"].reads(proposed).content.decode()
