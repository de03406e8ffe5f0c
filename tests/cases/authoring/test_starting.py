"""A new draft from another entry takes over what is alike, and nothing that is the other's own."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from wagtail.models import PageLogEntry, PageSubscription

import pytest

from cases.models import CaseStudyPage, MethodPage, OfficialUse, QualityScore
from tests.cases.editor.conftest import sign_in
from tests.factories.entries import make_case, make_method, make_organisation, make_team, team_page, term, translate
from tests.factories.files import make_file
from tests.factories.rows import fill_rows

pytestmark = pytest.mark.django_db


def start(client: Client, entry: Any, **more: Any) -> Any:
    """Send the form as a browser would; the team is the only one on offer."""
    url = reverse("cases_authoring:start_from", args=[entry.pk])
    page = client.get(url)
    assert page.status_code == 200
    home = page.context["form"].fields["home"].initial
    return client.post(url, {"title": "A new beginning", "home": home, **more})


def begun() -> CaseStudyPage:
    """The draft as its editor shows it."""
    return CaseStudyPage.objects.get(title="A new beginning").get_latest_revision_as_object()


def rich_case(**fields: Any) -> CaseStudyPage:
    """A published case of Uganda that has everything."""
    case = make_case(
        make_team("uga"), title="Wells by the lake", lead=make_organisation("Lake Network"), tags=["wells"],
        partners=[(make_organisation("Partner"), "funder")], consent_record=make_file(name="consent.pdf"),
        contact="wells@example.org", community_name="Lake people", community_agreed=True, doi="10.1/abc",
        terms={"countries": ["uga"], "themes": ["water-sanitation"]}, **fields,
    )  # fmt: skip
    case.official_uses = [OfficialUse(use_id=term("official_use", "advocacy").id, evidence="A letter")]
    case.quality_scores = [QualityScore(dimension_id=term("quality_dimensions", "relevance").id, score=4)]
    case.save()
    return case


def test_what_is_alike_is_taken_over(expert: Client) -> None:
    case = rich_case()
    assert start(expert, case).status_code == 302
    draft = begun()
    assert not draft.live
    assert draft.get_parent().pk == team_page(make_team("ken")).pk
    assert draft.reference.startswith("CCD-KEN-")
    assert draft.reference != case.reference
    assert [found.code for found in draft.chosen("themes")] == ["water-sanitation"]
    assert draft.lead_organisation == case.lead_organisation
    assert [row.organisation.name for row in draft.partnerships.all()] == ["Partner"]
    assert [found.code for found in draft.chosen("countries")] == ["ken"]


def test_what_is_the_others_own_stays_behind(expert: Client) -> None:
    case = rich_case()
    fill_rows(case)
    case.save()
    start(expert, case)
    draft = begun()
    for name in ("consent_record", "cover"):
        assert getattr(draft, name) is None, name
    for name in ("summary", "problem", "contact", "community_name", "doi", "external_id", "risk_assessment"):
        assert getattr(draft, name) == "", name
    for name in ("official_uses", "attachments", "quality_scores", "stage_levels", "tagged_items", "sources"):
        assert not getattr(draft, name).get_object_list(), name
    for name in ("consent_basis", "access_level", "data_licence"):
        assert not draft.chosen(name), name
    assert draft.basis == {}
    assert not draft.assessment_confirmed
    assert CaseStudyPage.objects.get(pk=case.pk).official_uses.count() == 1
    assert CaseStudyPage.objects.get(pk=case.pk).partnerships.count() == 1


def test_texts_and_tags_by_choice(expert: Client) -> None:
    case = rich_case()
    case.story = [
        {"type": "paragraph", "value": "<p>Told.</p>"},
        {"type": "file", "value": {"file": make_file().pk, "title": "Data"}},
    ]
    case.save()
    start(expert, case, keep_texts="on", keep_tags="on")
    draft = begun()
    assert draft.problem == case.problem
    assert [block.block_type for block in draft.story] == ["paragraph"]
    assert [row.tag.name for row in draft.tagged_items.get_object_list()] == ["wells"]


def test_the_history_names_the_source_and_the_author_follows_the_draft(expert: Client) -> None:
    case = rich_case()
    start(expert, case)
    draft = begun()
    line = PageLogEntry.objects.get(page=draft.pk, action="cases.start_from")
    assert line.message == f"Started from “Wells by the lake” ({case.reference})"
    assert line.user is not None
    assert line.user.email == "expert@example.org"
    assert PageSubscription.objects.get(page=draft.pk, user=line.user).comment_notifications


def test_of_others_what_visitors_read_not_the_draft(expert: Client) -> None:
    case = rich_case()
    case.problem = "<p>Not published yet.</p>"
    case.save_revision()
    start(expert, case, keep_texts="on")
    assert "Not published yet" not in begun().problem


def test_of_the_own_team_the_draft(expert: Client) -> None:
    case = make_case(make_team("ken"), live=False, problem="<p>Old.</p>")
    case.problem = "<p>New.</p>"
    case.save_revision()
    start(expert, case, keep_texts="on")
    assert begun().problem == "<p>New.</p>"
    assert [found.code for found in begun().chosen("countries")] == ["ken"]


def test_a_draft_of_another_team_does_not_exist_for_others(expert: Client) -> None:
    hidden = make_case(make_team("uga"), live=False, title="Secret")
    url = reverse("cases_authoring:start_from", args=[hidden.pk])
    assert expert.get(url).status_code == 404
    assert expert.post(url, {"title": "Mine now"}).status_code == 404
    assert "Secret" not in expert.get(reverse("cases_authoring:bases")).content.decode()


def test_another_teams_page_is_no_place_for_the_draft(expert: Client) -> None:
    case = rich_case()
    url = reverse("cases_authoring:start_from", args=[case.pk])
    answer = expert.post(url, {"title": "A new beginning", "home": team_page(make_team("uga")).pk})
    assert answer.status_code == 200
    assert "home" in answer.context["form"].errors
    assert not CaseStudyPage.objects.filter(title="A new beginning").exists()


def test_those_who_write_nothing_start_nothing(repository: None) -> None:
    reviewer = sign_in("reviewer@example.org", "Reviewers")
    answer = reviewer.get(reverse("cases_authoring:start_from", args=[rich_case().pk]))
    assert answer.status_code in {302, 403}


def test_titles_that_repeat_get_addresses_of_their_own(expert: Client) -> None:
    case = rich_case()
    start(expert, case)
    start(expert, case)
    drafts = CaseStudyPage.objects.filter(title="A new beginning")
    assert {draft.slug for draft in drafts} == {"a-new-beginning", "a-new-beginning-2"}
    assert len({draft.reference for draft in drafts}) == 2


def test_a_method(editor: Client) -> None:
    method = make_method(materials=["Paper"])
    url = reverse("cases_authoring:start_from", args=[method.pk])
    home = team_page(make_team("ken")).pk
    assert editor.post(url, {"title": "A new way", "home": home, "keep_texts": "on"}).status_code == 302
    draft = MethodPage.objects.get(title="A new way").get_latest_revision_as_object()
    assert draft.materials == ["Paper"]
    assert [step.title for step in draft.steps.get_object_list()] == ["Prepare"]
    assert method.steps.count() == 1


def test_from_a_translation_comes_a_draft_in_its_language(expert: Client) -> None:
    french = translate(rich_case(), "fr", problem="<p>Le problème.</p>")
    start(expert, french, keep_texts="on")
    draft = begun()
    assert draft.locale.language_code == "fr"
    assert draft.original_id is None
    assert draft.problem == "<p>Le problème.</p>"
    assert draft.translation_key != french.translation_key
