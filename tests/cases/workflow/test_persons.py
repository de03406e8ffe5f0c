"""Who may decide, and who may not whatever role they hold: authors, submitters, administrators, the second of two."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.urls import reverse

import pytest

from cases.models import CaseStudyPage, Clearance, EntryPage, PublishedVersion, Submission
from cases.workflow import Step, decisions, door, rules
from tests.cases.editor.forms import edit_url, read_form, send
from tests.cases.workflow.conftest import People, is_live, step, task_state, told
from tests.factories.entries import make_case, make_team, publish, translate

pytestmark = pytest.mark.django_db
MAY_DECIDE = {"editor", "both", "admin"}


def sensitive(people: People, author: str = "expert") -> CaseStudyPage:
    page = make_case(make_team("ken"), live=False, sensitive=True, sensitive_reason="Small villages.")
    page.save_revision(user=people[author].user)
    people[author].submits(page)
    return page


@pytest.mark.parametrize("name", ["expert", "lead", "stranger", "reviewer", "editor", "ethics", "both", "admin"])
@pytest.mark.parametrize("action", ["approve", "reject", "refuse", "claim"])
def test_each_role_at_the_editors_step(people: People, submitted: CaseStudyPage, name: str, action: str) -> None:
    people[name].does(submitted, action, "Because.")
    after = {"approve": Step.APPROVED, "reject": Step.CHANGES_ASKED, "refuse": Step.REJECTED, "claim": Step.SUBMITTED}
    assert step(submitted) == (after[action] if name in MAY_DECIDE else Step.SUBMITTED)
    assert is_live(submitted) is (action == "approve" and name in MAY_DECIDE)
    claimed = Submission.objects.of(submitted)[0].claimed_by
    assert (claimed == people[name].user) is (action == "claim" and name in MAY_DECIDE)


@pytest.mark.parametrize(
    ("name", "reads", "comments"),
    [("expert", True, True), ("lead", True, True), ("stranger", False, False), ("reviewer", True, True),
     ("editor", True, True), ("ethics", True, True), ("admin", True, True)],
)  # fmt: skip
def test_each_role_reads_and_comments(
    people: People, submitted: CaseStudyPage, name: str, reads: bool, comments: bool
) -> None:
    person = people[name]
    for view in ("review", "review_preview"):
        assert (person.client.get(reverse(view, args=[submitted.pk])).status_code == 200) is reads
    person.client.post(reverse("review_comment", args=[submitted.pk]), {"field": "summary", "text": "Which year?"})
    assert submitted.wagtail_admin_comments.filter(user=person.user, contentpath="summary").exists() is comments


def test_a_reviewer_reads_nothing_but_what_is_under_review(people: People, submitted: CaseStudyPage) -> None:
    reviewer = people["reviewer"]
    assert reviewer.client.get(edit_url(submitted)).status_code == 302
    assert reviewer.client.get(reverse("wagtailadmin_pages:view_draft", args=[submitted.pk])).status_code != 200
    assert submitted.title in reviewer.client.get(reverse("desk_queue")).content.decode()
    people["editor"].does(submitted, "reject", "Say who counted.")
    assert reviewer.reads(submitted).status_code == 404
    assert submitted.title not in reviewer.client.get(reverse("desk_queue")).content.decode()


@pytest.mark.parametrize("name", ["editor", "both", "admin"])
def test_whoever_saved_a_version_may_not_approve(people: People, case: CaseStudyPage, name: str) -> None:
    people[name].saves(case, summary="Better said.")
    people["expert"].submits(case)
    response = people[name].does(case, "approve")
    assert "somebody else has to decide" in told(response)
    assert (step(case), is_live(case)) == (Step.SUBMITTED, False)
    assert "Approve</summary>" not in people[name].reads(case).content.decode()
    assert "somebody else has to decide" in people[name].reads(case).content.decode()
    people["editor2"].does(case, "approve")
    assert is_live(case)


@pytest.mark.parametrize("name", ["editor", "admin"])
def test_whoever_submitted_may_not_approve(people: People, case: CaseStudyPage, name: str) -> None:
    decisions.submit(case, people[name].user)
    assert "You submitted this entry" in told(people[name].does(case, "approve"))
    people["expert"].user.refresh_from_db()
    assert not is_live(case)


def test_who_submitted_before_may_not_approve_what_another_submits_again(people: People, case: CaseStudyPage) -> None:
    decisions.submit(case, people["both"].user)
    people["editor"].does(case, "reject", "Say who counted.")
    people["expert"].submits(case)
    assert "You submitted this entry" in told(people["both"].does(case, "approve"))


@pytest.mark.parametrize("name", ["editor", "admin"])
def test_whoever_corrects_under_review_leaves_the_approval_to_another(
    people: People, submitted: CaseStudyPage, name: str
) -> None:
    assert people[name].saves(submitted, summary="Corrected.").status_code == 302
    assert "somebody else has to decide" in told(people[name].does(submitted, "approve"))
    page = people["editor2"].reads(submitted).content.decode()
    assert "This is not what the team submitted" in page
    people["editor2"].does(submitted, "approve")
    assert CaseStudyPage.objects.get(pk=submitted.pk).summary == "Corrected."


def test_authors_of_what_was_approved_before_may_approve_the_next_draft(people: People, case: CaseStudyPage) -> None:
    people["editor"].saves(case, summary="The editor's own words.")
    people["expert"].submits(case)
    people["editor2"].does(case, "approve")
    people["expert"].submits(case, summary="The expert's words.")
    people["editor"].does(case, "approve")
    assert CaseStudyPage.objects.get(pk=case.pk).summary == "The expert's words."


@pytest.mark.parametrize("name", ["editor", "admin", "both"])
def test_no_click_edits_and_approves(people: People, submitted: CaseStudyPage, name: str) -> None:
    data = read_form(people[name].client, edit_url(submitted))
    wanted = {"action__workflow__action": "true", "workflow__action__name": "approve"}
    send(people[name].client, edit_url(submitted), data, summary="Smuggled in.", **wanted)
    assert (step(submitted), is_live(submitted)) == (Step.SUBMITTED, False)


def test_a_sensitive_case_waits_for_ethics(people: People) -> None:
    case = sensitive(people)
    assert "At this step an editor decides" in told(people["ethics"].does(case, "approve"))
    people["editor"].does(case, "approve")
    assert (step(case), is_live(case)) == (Step.ETHICS, False)
    assert "an ethics moderator decides" in told(people["editor2"].does(case, "approve"))
    people["ethics"].does(case, "approve")
    assert is_live(case)
    clearance = Clearance.objects.get(entry=case.pk)
    assert (clearance.editor, clearance.ethics) == (people["editor"].user, people["ethics"].user)


@pytest.mark.parametrize("name", ["both", "admin"])
def test_two_approvals_are_two_persons(people: People, name: str) -> None:
    case = sensitive(people)
    people[name].does(case, "approve")
    assert step(case) == Step.ETHICS
    assert "a second person has to decide" in told(people[name].does(case, "approve"))
    assert not is_live(case)
    people["ethics"].does(case, "approve")
    assert is_live(case)


def test_ethics_moderators_who_wrote_do_not_approve(people: People) -> None:
    case = sensitive(people)
    people["ethics"].saves(case, sensitive_reason="Very small villages.")
    people["editor"].does(case, "approve")
    assert "somebody else has to decide" in told(people["ethics"].does(case, "approve"))
    people["ethics2"].does(case, "approve")
    assert is_live(case)


def test_an_ethics_moderator_sends_a_case_back_and_it_begins_with_an_editor(people: People) -> None:
    case = sensitive(people)
    people["editor"].does(case, "approve")
    people["ethics"].does(case, "reject", "Leave the names of places out.")
    assert step(case) == Step.CHANGES_ASKED
    people["expert"].submits(case, summary="Without places.")
    assert step(case) == Step.SUBMITTED
    people["editor"].does(case, "approve")
    people["ethics"].does(case, "approve")
    assert is_live(case)


def test_a_correction_at_the_ethics_step_goes_back_to_the_editors(people: People) -> None:
    case = sensitive(people)
    people["editor"].does(case, "approve")
    people["editor2"].saves(case, summary="Corrected late.")
    assert step(case) == Step.SUBMITTED
    people["ethics"].does(case, "approve")
    assert (step(case), is_live(case)) == (Step.SUBMITTED, False)
    people["editor"].does(case, "approve")
    people["ethics"].does(case, "approve")
    assert CaseStudyPage.objects.get(pk=case.pk).summary == "Corrected late."


def test_a_mark_that_vanished_past_the_form_still_leads_to_ethics(people: People) -> None:
    case = make_case(make_team("ken"), sensitive=True, sensitive_reason="Small villages.")
    case.sensitive, case.sensitive_reason = False, ""
    case.save_revision(user=people["expert"].user)
    decisions.submit(case, people["expert"].user)
    people["editor"].does(case, "approve")
    assert step(case) == Step.ETHICS


def test_a_mark_that_an_ethics_moderator_took_away_needs_no_second_approval(people: People) -> None:
    case = sensitive(people)
    data = read_form(people["ethics"].client, edit_url(case))
    del data["sensitive"]
    assert send(people["ethics"].client, edit_url(case), data).status_code == 302
    people["editor"].does(case, "approve")
    assert is_live(case)


def test_a_translation_of_a_sensitive_case_waits_for_ethics_too(people: People) -> None:
    original = make_case(make_team("ken"), sensitive=True, sensitive_reason="Small villages.")
    french = translate(original, "fr", live=False)
    french.save_revision(user=people["expert"].user)
    people["expert"].submits(french)
    people["editor"].does(french, "approve")
    assert (step(french), is_live(french)) == (Step.ETHICS, False)


def test_one_claims_and_the_other_is_told(people: People, submitted: CaseStudyPage) -> None:
    people["editor"].does(submitted, "claim")
    for action in ("claim", "approve", "reject"):
        assert "Editor has claimed this entry" in told(people["editor2"].does(submitted, action, "Because."))
    assert "You have no claim" in told(people["editor2"].does(submitted, "release"))
    people["editor"].does(submitted, "release")
    people["editor2"].does(submitted, "claim")
    people["editor2"].does(submitted, "approve")
    assert is_live(submitted)


def test_the_rule_holds_past_the_admin(people: People, submitted: CaseStudyPage) -> None:
    """Wagtail's own method, called by code for somebody who may not, ends in a refusal and changes nothing."""
    for name in ("expert", "reviewer", "stranger"):
        with pytest.raises(rules.Refused):
            task_state(submitted).specific.approve(user=people[name].user)
    assert (step(submitted), is_live(submitted)) == (Step.SUBMITTED, False)
    with pytest.raises(door.NotCleared):
        EntryPage.objects.get(pk=submitted.pk).specific.get_latest_revision().publish()


@pytest.mark.parametrize("name", ["expert", "stranger", "reviewer"])
def test_only_the_team_and_moderators_submit(people: People, case: CaseStudyPage, name: str) -> None:
    if name == "expert":
        decisions.submit(case, people[name].user)
        assert step(case) == Step.SUBMITTED
        return
    with pytest.raises(PermissionDenied):
        decisions.submit(case, people[name].user)


def test_a_decision_without_the_version_that_was_read_is_refused(people: People, submitted: CaseStudyPage) -> None:
    url = reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", task_state(submitted).pk])
    assert "which version it showed" in told(people["editor"].client.post(url, follow=True))
    assert not is_live(submitted)


def test_a_version_that_is_not_the_latest_is_refused_and_what_changed_is_named(
    people: People, submitted: CaseStudyPage
) -> None:
    read = EntryPage.objects.get(pk=submitted.pk).latest_revision
    people["editor2"].saves(submitted, summary="Another summary.", themes=["education"])
    message = told(people["editor"].does(submitted, "approve", shown=read))
    assert "Editor2 saved another one" in message
    assert "summary" in message
    assert "Themes" in message
    assert not is_live(submitted)


def test_a_step_that_is_over_is_not_decided_again(people: People, submitted: CaseStudyPage) -> None:
    over = task_state(submitted)
    people["editor"].does(submitted, "reject", "Say who counted.")
    people["expert"].submits(submitted)
    url = reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", over.pk])
    revision = EntryPage.objects.get(pk=submitted.pk).latest_revision
    data = {"revision": revision.pk, "stamp": decisions.stamp(revision)}
    assert "Editor was quicker" in told(people["editor2"].client.post(url, data, follow=True))
    assert not is_live(submitted)


def test_gaps_that_came_since_are_named_when_it_is_to_be_approved(people: People, submitted: CaseStudyPage) -> None:
    from django.utils import timezone

    from cases.models import Term

    Term.objects.filter(vocabulary="themes", code="health").update(retired_at=timezone.now())
    response = people["editor"].does(submitted, "approve")
    assert "is no longer used" in told(response)
    assert (step(submitted), is_live(submitted)) == (Step.SUBMITTED, False)


def test_restored_by_the_system_keeps_no_one_from_approving(people: People) -> None:
    case = make_case(make_team("ken"))
    publish(case)
    people["expert"].submits(case, summary="New.")
    people["editor"].does(case, "approve")
    assert CaseStudyPage.objects.get(pk=case.pk).summary == "New."


def test_the_version_names_who_submitted_and_who_approved(people: People) -> None:
    """Not who saved the revision, nor who scheduled it."""
    case = make_case(make_team("ken"), live=False, sensitive=True, sensitive_reason="Small villages.")
    case.save_revision(user=people["expert"].user)
    people["lead"].submits(case)
    people["editor2"].saves(case, summary="Corrected.")
    people["editor"].does(case, "approve")
    people["ethics"].does(case, "approve")
    version = PublishedVersion.objects.get(entry=case.pk)
    named = (version.submitted_by, version.approved_by, version.ethics_approved_by)
    assert named == (people["lead"].user, people["editor"].user, people["ethics"].user)
