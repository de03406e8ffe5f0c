"""The way of an entry from its team to the public, at the admin's own addresses."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from wagtail.models import Revision

import pytest

from cases.models import CaseStudyPage, Clearance, Submission
from cases.workflow import Step, status
from search.upkeep.schedule import Schedule
from tests.cases.editor.forms import edit_url
from tests.cases.workflow.conftest import People, Person, is_live, step, task_state, told
from tests.factories.entries import make_case, make_method, make_team, publish, translate

pytestmark = pytest.mark.django_db


def fresh(case: CaseStudyPage) -> CaseStudyPage:
    return CaseStudyPage.objects.get(pk=case.pk)


def test_submitted_approved_published(people: People, submitted: CaseStudyPage) -> None:
    state = status(fresh(submitted))
    assert (state.step, state.submitted_by, state.claimed_by) == (Step.SUBMITTED, people["expert"].user, None)
    assert state.due
    revision = fresh(submitted).latest_revision
    response = people["editor"].does(submitted, "approve")
    assert "was approved" in told(response)
    case = fresh(submitted)
    assert (case.live, case.live_revision, case.has_unpublished_changes) == (True, revision, False)
    clearance = Clearance.objects.get(revision=revision)
    assert (clearance.editor, clearance.ethics, clearance.reason) == (people["editor"].user, None, "approved")
    assert status(case).step == Step.PUBLISHED
    assert people["expert"].client.get(case.url).status_code == 200


def test_gaps_keep_a_draft_from_being_submitted_and_are_named(people: People) -> None:
    case = make_case(make_team("ken"), live=False, terms={"themes": []}, problem="")
    case.save_revision(user=people["expert"].user)
    response = people["expert"].submits(case)
    assert "Not submitted: 2 things hold it back." in told(response)
    assert "Themes" in told(response)
    assert not Submission.objects.exists()
    assert status(fresh(case)).step == Step.DRAFT


def test_changes_are_asked_for_and_the_entry_is_submitted_again(people: People, submitted: CaseStudyPage) -> None:
    assert "Nothing was decided" in told(people["editor"].does(submitted, "reject"))
    assert step(submitted) == Step.SUBMITTED
    people["editor"].does(submitted, "reject", "Say who counted.")
    assert step(submitted) == Step.CHANGES_ASKED
    review = people["expert"].reads(submitted).content.decode()
    assert "Say who counted." in review
    assert "Changes asked for" in review
    assert "Rejected" not in review
    answer = people["lead"].submits(submitted, summary="Women of the village count.")
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("cases_authoring:mine"))
    state = status(fresh(submitted))
    assert (state.step, state.submitted_by) == (Step.SUBMITTED, people["lead"].user)
    people["editor"].does(submitted, "approve")
    assert fresh(submitted).summary == "Women of the village count."


def shown_status(person: Person, entry: CaseStudyPage) -> str:
    """What stands at the top of the editor."""
    page = person.client.get(edit_url(entry)).content.decode()
    return page.split('id="entry-status"')[1].split("</section>")[0]


def test_the_editor_says_what_was_asked_for_until_it_is_submitted_again(
    people: People, submitted: CaseStudyPage
) -> None:
    expert = people["expert"]
    assert "Say who counted." not in shown_status(expert, submitted)
    people["editor"].does(submitted, "reject", "Say who counted.")
    asked = shown_status(expert, submitted)
    assert "Say who counted." in asked
    assert reverse("review", args=[submitted.pk]) in asked
    expert.submits(submitted)
    assert "Say who counted." not in shown_status(expert, submitted)


def test_rejected_with_a_reason_and_submitted_anew(people: People, submitted: CaseStudyPage) -> None:
    people["editor"].does(submitted, "refuse", "Not about citizen data.")
    assert (step(submitted), status(fresh(submitted)).step) == (Step.REJECTED, Step.REJECTED)
    assert not is_live(submitted)
    assert "Changes asked for" not in people["expert"].reads(submitted).content.decode()
    assert people["expert"].saves(submitted, summary="It is.").status_code == 302
    assert status(fresh(submitted)).step == Step.DRAFT
    people["expert"].submits(submitted)
    assert Submission.objects.of(submitted).count() == 2
    people["editor"].does(submitted, "approve")
    assert is_live(submitted)


def test_the_team_takes_its_submission_back(people: People, submitted: CaseStudyPage) -> None:
    assert people["expert"].saves(submitted, summary="Too late.").status_code == 200  # locked while it is read
    url = reverse("review_take_back", args=[submitted.pk])
    assert people["stranger"].client.post(url).status_code == 404
    people["reviewer"].client.post(url)
    assert step(submitted) == Step.SUBMITTED
    people["lead"].client.post(url)
    assert (step(submitted), status(fresh(submitted)).step) == (Step.WITHDRAWN, Step.DRAFT)
    assert people["expert"].saves(submitted, summary="In time.").status_code == 302


def test_a_scheduled_approval_goes_live_when_its_time_has_come(people: People, submitted: CaseStudyPage) -> None:
    when = timezone.now() + timedelta(days=3)
    revision = fresh(submitted).latest_revision
    people["editor"].does(submitted, "approve", go_live_at=when.strftime("%Y-%m-%d %H:%M"))
    assert not is_live(submitted)
    assert status(fresh(submitted)).step == Step.SCHEDULED
    revision.refresh_from_db()
    assert revision.approved_go_live_at.date() == when.date()
    assert Schedule().run() == 0
    make_due(revision)
    assert Schedule().run() == 1
    assert fresh(submitted).live_revision == revision


def make_due(revision: Revision) -> None:
    past = timezone.now() - timedelta(minutes=1)
    revision.refresh_from_db()
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()


def test_a_time_that_has_passed_is_refused(people: People, submitted: CaseStudyPage) -> None:
    response = people["editor"].does(submitted, "approve", go_live_at="2020-01-01 10:00")
    assert "This time has passed" in response.content.decode()
    assert step(submitted) == Step.SUBMITTED


def test_a_schedule_that_is_called_off_needs_a_new_approval(people: People, submitted: CaseStudyPage) -> None:
    when = timezone.now() + timedelta(days=3)
    people["editor"].does(submitted, "approve", go_live_at=when.strftime("%Y-%m-%d %H:%M"))
    revision = fresh(submitted).latest_revision
    url = reverse("wagtailadmin_pages:revisions_unschedule", args=[submitted.pk, revision.pk])
    for name in ("stranger", "reviewer", "ethics"):
        people[name].client.post(url)
        assert Clearance.objects.filter(revision=revision).exists(), name
    people["expert"].client.post(url)
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    assert not Clearance.objects.filter(revision=revision).exists()
    assert status(fresh(submitted)).step == Step.DRAFT
    people["expert"].submits(submitted)
    people["editor"].does(submitted, "approve")
    assert is_live(submitted)


def test_just_the_approved_revision_is_published(people: People, submitted: CaseStudyPage) -> None:
    """Something saved past all forms while the approval ran does not go live with it."""
    from cases.workflow import finish

    approved = fresh(submitted).latest_revision
    later = fresh(submitted).get_latest_revision_as_object()
    publish_approved = finish.publish_approved

    def save_and_publish(workflow_state: object, user: object = None) -> None:
        later.title = "Saved meanwhile"
        later.save_revision(user=people["expert"].user)
        publish_approved(workflow_state, user=user)  # type: ignore[arg-type]

    state = task_state(submitted).workflow_state
    type(state).on_finish = save_and_publish
    try:
        people["editor"].does(submitted, "approve")
    finally:
        type(state).on_finish = publish_approved
    case = fresh(submitted)
    assert (case.live, case.live_revision, case.title) == (True, approved, "Wells that people count")


def test_a_translation_passes_the_same_way(people: People) -> None:
    original = make_case(make_team("ken"))
    french = translate(original, "fr", live=False)
    french.save_revision(user=people["expert"].user)
    people["expert"].submits(french)
    assert step(french) == Step.SUBMITTED
    people["editor"].does(french, "approve")
    assert is_live(french)


def test_a_method_passes_the_same_way(people: People) -> None:
    method = make_method(make_team("ken"), live=False)
    method.save_revision(user=people["expert"].user)
    people["expert"].submits(method)
    people["editor"].does(method, "approve")
    assert is_live(method)


def test_a_draft_of_a_published_entry_leaves_it_as_it_is_until_approved(people: People) -> None:
    case = make_case(make_team("ken"), title="As published")
    people["expert"].submits(case, title="As rewritten")
    assert (fresh(case).title, status(fresh(case)).live) == ("As published", True)
    people["editor"].does(case, "approve")
    assert fresh(case).title == "As rewritten"


def test_a_withdrawn_entry_is_not_submitted(people: People) -> None:
    from core import withdrawals

    case = make_case(make_team("ken"))
    withdrawals.withdraw(case, reason="risk-to-people")
    case = fresh(case)
    people["expert"].submits(case)
    assert not Submission.objects.exists()
    assert people["expert"].client.get(edit_url(case)).status_code in {200, 302}


def test_what_is_published_again_by_the_system_ends_no_review(people: People, submitted: CaseStudyPage) -> None:
    publish(fresh(submitted))
    assert step(submitted) == Step.SUBMITTED
