"""Who may do what in the admin, and that no door publishes an entry with gaps or answers with an error page."""

from __future__ import annotations

from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Task, Workflow, WorkflowTask

import pytest

from cases.gates import GapsRemain
from cases.models import CaseStudyPage, EntryPage
from cases.workflow import door
from tests.cases.editor.conftest import sign_in
from tests.cases.editor.forms import edit_url, messages_of, read_form, send
from tests.factories.entries import (
    make_case,
    make_method,
    make_organisation,
    make_team,
    publish,
    team_page,
    translate,
)

pytestmark = pytest.mark.django_db


def unfinished(**fields: object) -> CaseStudyPage:
    """A draft that lacks its themes."""
    case = make_case(live=False, terms={"themes": []}, **fields)
    case.save_revision()
    return case


def test_an_expert_never_publishes(expert: Client) -> None:
    case = make_case(live=False)
    send(expert, edit_url(case), read_form(expert, edit_url(case)), action__publish="action-publish")
    case.refresh_from_db()
    assert not case.live
    assert 'name="action-publish"' not in expert.get(edit_url(case)).content.decode()


def test_an_expert_sees_the_own_team_only(expert: Client) -> None:
    other = make_case(make_team("uga"), live=False, title="Secret draft of Uganda")
    assert expert.get(edit_url(other)).status_code == 404
    assert expert.get(reverse("wagtailadmin_pages:view_draft", args=[other.pk])).status_code == 404
    assert expert.get(reverse("wagtailadmin_pages:history", args=[other.pk])).status_code == 404
    assert send(expert, edit_url(other), read_form(sign_in("a@example.org", superuser=True), edit_url(other)),
                title="Taken over").status_code == 404  # fmt: skip
    other.refresh_from_db()
    assert other.draft_title == "Secret draft of Uganda"
    explorer = expert.get(reverse("wagtailadmin_explore", args=[team_page(make_team("ken")).pk]))
    assert explorer.status_code == 200
    listed = expert.get(reverse("wagtailadmin_explore", args=[team_page(make_team("uga")).pk]), follow=True)
    assert "Secret draft" not in listed.content.decode()


def test_the_page_chooser_hides_drafts_of_other_teams(expert: Client) -> None:
    hidden = make_method(make_team("uga"), live=False, title="Secret method")
    shown = make_method(make_team("uga"), title="Published method")
    for query in ({"q": "method", "page_type": "cases.methodpage"}, {"page_type": "cases.methodpage"}):
        url = reverse("wagtailadmin_choose_page_child", args=[hidden.get_parent().pk])
        url = reverse("wagtailadmin_choose_page_search") if "q" in query else url
        answer = expert.get(url, query).content.decode()
        assert hidden.title not in answer
        assert shown.title in answer


@pytest.mark.parametrize(("who", "may"), [("team:ken", False), ("Editors", False), ("Ethics moderators", True)])
def test_only_ethics_moderators_take_the_mark_away(repository: None, who: str, may: bool) -> None:
    make_team("ken")
    client = sign_in("someone@example.org", who)
    case = make_case(sensitive=True, sensitive_reason="Small villages.")
    data = read_form(client, edit_url(case))
    del data["sensitive"]
    response = send(client, edit_url(case), data)
    assert (response.status_code == 302) is may
    assert CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object().sensitive is not may


def test_an_older_version_without_the_mark_does_not_clear_it(expert: Client) -> None:
    case = make_case(live=False)
    old = case.save_revision()
    case.sensitive, case.sensitive_reason = True, "Small villages."
    case.save_revision()
    url = reverse("wagtailadmin_pages:revisions_revert", args=[case.pk, old.pk])
    data = read_form(expert, url)
    assert "sensitive" not in data
    response = send(expert, edit_url(case), data, revision=str(old.pk))
    assert "sensitive" in response.context["form"].errors


def test_the_mark_is_proposed_and_authors_know_that_themes_warn(expert: Client) -> None:
    case = make_case(live=False, terms={"population_groups": ["human-rights-defenders"]})
    html = expert.get(edit_url(case)).content.decode()
    assert "suggest that this case is sensitive" in html
    assert "tell of violence" not in html
    case = make_case(live=False, terms={"themes": ["peace-conflict"]})
    assert "Its themes tell of violence" in expert.get(edit_url(case)).content.decode()


def test_bulk_publishing_publishes_no_entry(admin: Client) -> None:
    ready, lacking = make_case(live=False), unfinished()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    url += f"?id={ready.pk}&id={lacking.pk}&next=/admin/pages/"
    response = admin.post(url, {"confirm": "1"}, follow=True)
    assert response.status_code == 200
    assert ready.title in messages_of(response)
    assert lacking.title in messages_of(response)
    assert "approval" in messages_of(response)
    assert not EntryPage.objects.filter(pk__in=[ready.pk, lacking.pk], live=True).exists()


def test_bulk_publishing_below_a_team_is_refused_as_well(admin: Client) -> None:
    ready = make_case(live=False)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    url += f"?id={ready.get_parent().pk}&next=/admin/pages/"
    response = admin.post(url, {"include_descendants": "on"}, follow=True)
    assert ready.title in messages_of(response)
    ready.refresh_from_db()
    assert not ready.live


def test_publishing_a_revision_with_gaps_is_refused(repository: None) -> None:
    case = unfinished()
    with pytest.raises(GapsRemain, match="Themes"):
        door.publish(case.get_latest_revision(), reason="test")
    case.refresh_from_db()
    assert not case.live


def test_publishing_a_revision_that_nobody_approved_is_refused(repository: None) -> None:
    case = make_case(live=False)
    with pytest.raises(door.NotCleared):
        case.save_revision().publish()
    case.refresh_from_db()
    assert not case.live


def test_a_scheduled_entry_that_got_a_gap_is_not_published(repository: None) -> None:
    case = unfinished()
    revision = case.get_latest_revision()
    door.clear(revision, "test")
    revision.approved_go_live_at = timezone.now()
    revision.save()
    call_command("publish_scheduled")
    case.refresh_from_db()
    assert not case.live


def test_approval_in_another_workflow_publishes_nothing(admin: Client) -> None:
    from wagtail.models import GroupApprovalTask

    case = make_case(live=False)
    case.save_revision()
    task = GroupApprovalTask.objects.create(name="Approve")
    workflow = Workflow.objects.create(name="Another")
    WorkflowTask.objects.create(workflow=workflow, task=Task.objects.get(pk=task.pk), sort_order=0)
    state = workflow.start(case, None)
    url = reverse("wagtailadmin_pages:workflow_action", args=[case.pk, "approve", state.current_task_state.pk])
    response = admin.post(url)
    assert response.status_code < 500
    case.refresh_from_db()
    assert not case.live


def test_a_copy_is_a_draft_with_its_own_reference(admin: Client) -> None:
    case = make_case()
    case.save_revision()
    case.copy(update_attrs={"title": "Copy", "slug": "copy"}, keep_live=False)
    copy = CaseStudyPage.objects.get(slug="copy")
    assert not copy.live
    assert copy.reference
    assert copy.reference != case.reference
    assert copy.get_latest_revision_as_object().reference == copy.reference
    assert copy.levels() == case.levels()
    assert send(admin, edit_url(copy), read_form(admin, edit_url(copy)), title="New").status_code == 302


def test_wagtails_copying_leads_to_starting_from_the_entry(admin: Client) -> None:
    case = make_case()
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": case.get_parent().pk, "publish_copies": "on"}
    answer = admin.post(reverse("wagtailadmin_pages:copy", args=[case.pk]), data)
    assert answer["Location"] == reverse("cases_authoring:start_from", args=[case.pk])
    assert not CaseStudyPage.objects.filter(slug="copy").exists()


def test_an_alias_has_no_reference_of_its_own(repository: None) -> None:
    case = make_case()
    case.create_alias(update_slug="copy")
    assert CaseStudyPage.objects.get(slug="copy").reference == ""
    publish(case)
    assert CaseStudyPage.objects.get(slug="copy").reference == ""


def test_a_moved_entry_keeps_its_reference_and_changes_its_team(admin: Client) -> None:
    case = make_case(make_team("ken"))
    case.save_revision()
    target = team_page(make_team("uga"))
    reference = case.reference
    url = reverse("wagtailadmin_pages:move_confirm", args=[case.pk, target.pk])
    assert admin.post(url).status_code == 302
    moved = CaseStudyPage.objects.get(pk=case.pk)
    assert (moved.reference, moved.team.code) == (reference, "uga")
    assert moved.get_latest_revision_as_object().team.code == "uga"
    door.publish(moved.get_latest_revision(), reason="test")
    assert CaseStudyPage.objects.get(pk=case.pk).team.code == "uga"


def test_versions_are_compared_in_words(editor: Client) -> None:
    case = make_case(partners=[(make_organisation("Alpha"), "funder")], tags=["one"])
    data = read_form(editor, edit_url(case))
    data.setlist("themes", ["education"])
    data["partnerships-0-role"] = "trainer"
    send(editor, edit_url(case), data, participation__design="2", quality__metadata="1", tags="two",
         consent_basis="fpic-collective", summary="New summary.")  # fmt: skip
    latest = CaseStudyPage.objects.get(pk=case.pk).get_latest_revision()
    url = reverse("wagtailadmin_pages:revisions_compare", args=[case.pk, "live", latest.pk])
    page = editor.get(url).content.decode()
    for text in ("− Health and well-being", "+ Education", "− Design: 4", "+ Design: 2", "+ Metadata", "Trainer"):
        assert text in page, text


@pytest.mark.parametrize("name", ["history", "usage", "move", "copy", "delete", "unpublish"])
def test_the_other_views_of_an_entry_answer(admin: Client, name: str) -> None:
    case = make_case()
    case.save_revision()
    for page in (case, make_method(), translate(case, "fr")):
        assert admin.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), follow=True).status_code == 200


def test_a_draft_outlives_the_organisation_that_it_names(editor: Client) -> None:
    lead = make_organisation("Short-lived")
    case = make_case()
    case.lead_organisation = lead
    case.save_revision()
    lead.delete()
    assert editor.get(edit_url(case)).status_code == 200
    assert "Choose the lead organisation" in editor.get(edit_url(case)).content.decode()
