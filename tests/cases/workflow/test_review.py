"""The review page: its weight, what it shows, the time that a team proposes, the workflow behind it."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Page, ReferenceIndex, Workflow, WorkflowPage

import pytest

from cases.models import Attachment, CaseStudyPage, EditorTask, EthicsTask
from cases.workflow import Step, decisions, status, statuses
from cases.workflow.install import ensure_workflow
from core import files
from tests.cases.workflow.conftest import People, Person, is_live
from tests.factories.entries import make_case, make_team, term
from tests.factories.files import make_file, make_picture

pytestmark = pytest.mark.django_db
MOST_QUERIES = 60


def queries(person: Person, entry: CaseStudyPage) -> int:
    person.reads(entry)
    with CaptureQueriesContext(connection) as captured:
        assert person.reads(entry).status_code == 200
    return len(captured)


def test_the_review_asks_no_more_for_many_comments_and_steps(people: People, submitted: CaseStudyPage) -> None:
    url = reverse("review_comment", args=[submitted.pk])
    people["reviewer"].client.post(url, {"text": "First."})
    few = queries(people["editor2"], submitted)
    for number in range(4):
        people[("reviewer", "ethics")[number % 2]].client.post(url, {"text": f"Comment {number}."})
        people["editor"].does(submitted, "claim")
        people["editor"].does(submitted, "release")
    assert queries(people["editor2"], submitted) == few <= MOST_QUERIES


def test_the_state_of_many_entries_is_read_at_once(people: People, submitted: CaseStudyPage) -> None:
    def cost(entries: list[CaseStudyPage]) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(statuses(entries)) == len(entries)
        return len(captured)

    one = [CaseStudyPage.objects.get(pk=submitted.pk)]
    many = one + [make_case(make_team("ken"), live=False) for _ in range(5)]
    assert cost(one) == cost(many)


def embargoed(people: People) -> CaseStudyPage:
    case = make_case(make_team("ken"), live=False)
    case.go_live_at = timezone.now() + timedelta(days=5)
    case.save_revision(user=people["expert"].user)
    decisions.submit(case, people["expert"].user)
    return case


def test_an_embargo_of_the_team_is_kept_unless_the_editor_clears_it(people: People) -> None:
    case = embargoed(people)
    assert case.go_live_at.strftime("%Y-%m-%d") in people["editor"].reads(case).content.decode()
    people["editor"].does(case, "approve")  # a form that does not mention the time
    assert not is_live(case)
    assert status(CaseStudyPage.objects.get(pk=case.pk)).step == Step.SCHEDULED
    other = embargoed(people)
    people["editor"].does(other, "approve", go_live_at="")
    assert is_live(other)


def test_a_reviewer_sees_the_pictures_of_what_is_under_review_only(people: People, case: CaseStudyPage) -> None:
    picture = make_picture()
    case.cover = picture
    case.save()
    ReferenceIndex.create_or_update_for_object(case)
    assert not files.may_read(picture, people["reviewer"].user)
    case.save_revision(user=people["expert"].user)
    decisions.submit(case, people["expert"].user)
    assert files.may_read(picture, people["reviewer"].user)
    assert not files.may_read(picture, people["stranger"].user)
    people["editor"].does(case, "refuse", "Not about citizen data.")
    assert not files.may_read(picture, people["reviewer"].user)


@pytest.mark.parametrize("place", ["cover", "story"])
def test_a_reviewer_sees_new_pictures_of_a_draft_on_top_of_a_live_entry(people: People, place: str) -> None:
    picture, other = make_picture(), make_picture()
    case = make_case(make_team("ken"))
    draft = CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object()
    if place == "cover":
        draft.cover = picture
    else:
        draft.story = [("picture", {"picture": picture, "caption": str(other.pk), "decorative": True})]
    draft.save_revision(user=people["expert"].user)
    reviewer = people["reviewer"].client
    assert reviewer.get(picture.file.url).status_code == 404
    decisions.submit(draft, people["expert"].user)
    assert reviewer.get(picture.file.url).status_code == 200
    assert reviewer.get(picture.get_rendition("width-50").file.url).status_code == 200
    assert reviewer.get(other.file.url).status_code == 404
    assert people["stranger"].client.get(picture.file.url).status_code == 404
    people["expert"].client.post(reverse("review_take_back", args=[case.pk]))
    assert reviewer.get(picture.file.url).status_code == 404


def test_attachments_of_what_is_under_review_stay_closed_to_reviewers(people: People, case: CaseStudyPage) -> None:
    file = make_file()
    row = Attachment(file=file, title="The table", kind_id=term("attachment_kinds", "report").id,
                     access_level_id=term("sensitivity_levels", "public").id,
                     licence_id=term("licences", "cc-by-4-0").id)  # fmt: skip
    case.attachments = [row]
    case.save_revision(user=people["expert"].user)
    decisions.submit(case, people["expert"].user)
    assert people["reviewer"].reads(case).status_code == 200
    assert people["reviewer"].client.get(file.file.url).status_code == 404


def test_the_workflow_is_made_once_and_keeps_what_was_renamed(repository: None) -> None:
    workflow = Workflow.objects.get(workflow_tasks__task=EditorTask.objects.get())
    workflow.name = "How we moderate"
    workflow.save()
    ensure_workflow()
    ensure_workflow()
    assert (Workflow.objects.count(), EditorTask.objects.count(), EthicsTask.objects.count()) == (1, 1, 1)
    assert [task.specific_class for task in workflow.tasks] == [EditorTask, EthicsTask]
    assert WorkflowPage.objects.get().page == Page.get_first_root_node()
    assert make_case(live=False).get_workflow().name == "How we moderate"
    assert make_team("ken").pages.all()[0].get_parent().specific.get_workflow() is None


def test_what_is_typed_survives_a_refusal(people: People, submitted: CaseStudyPage) -> None:
    people["editor2"].does(submitted, "claim")
    answer = people["editor"].does(submitted, "reject", "A long text about what to change.")
    assert "Editor2 has claimed" in answer.content.decode()
    people["editor2"].does(submitted, "release")
    read = CaseStudyPage.objects.get(pk=submitted.pk).latest_revision
    people["editor2"].saves(submitted, summary="Corrected.")
    answer = people["editor"].does(submitted, "reject", "A long text about what to change.", shown=read)
    assert "Read it first" in answer.content.decode()
    assert "A long text about what to change." in answer.content.decode()
