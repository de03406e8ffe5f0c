"""Autosave keeps one draft, one reference, one revision, one line of history; it never spoils what others rely on."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from wagtail.models import PageLogEntry

import pytest

from cases.models import CaseStudyPage, ReferenceCounter
from cases.workflow import decisions
from tests.cases.authoring.conftest import account
from tests.cases.editor.forms import add_row, edit_url, read_form
from tests.factories.entries import make_case, make_team, publish, team_page

pytestmark = pytest.mark.django_db

JSON = {"accept": "application/json"}


def autosave(client: Client, url: str, data: QueryDict, revision: int | None = None) -> Any:
    """Save as the script does: the revision that this editor made before is written over."""
    sent = {name: data.getlist(name) for name in data}
    if revision:
        sent["overwrite_revision_id"] = [str(revision)]
    return client.post(url, sent, headers=JSON)


def lines(page: CaseStudyPage) -> int:
    return PageLogEntry.objects.filter(page=page.pk, action="wagtail.edit").count()


def test_a_new_draft_is_made_once_with_one_reference(expert: Client) -> None:
    url = reverse("wagtailadmin_pages:add", args=["cases", "casestudypage", team_page(make_team("ken")).pk])
    data = read_form(expert, url)
    data["title"], data["slug"] = "Wells", "wells"
    saved = autosave(expert, url, data).json()
    assert saved["success"]
    case = CaseStudyPage.objects.get(slug="wells")
    reference, counted = case.reference, ReferenceCounter.objects.get().last
    for word in ("one", "two", "three"):
        data["summary"] = word
        assert autosave(expert, saved["url"], data, saved["revision_id"]).json()["revision_id"] == saved["revision_id"]
    case.refresh_from_db()
    assert (case.reference, ReferenceCounter.objects.get().last) == (reference, counted)
    assert case.revisions.count() == 1
    assert case.get_latest_revision_as_object().summary == "three"
    assert not case.live


def test_many_saves_are_one_revision_and_one_line(expert: Client) -> None:
    case = make_case(make_team("ken"), live=False, problem="")
    case.save_revision()
    data, revision = read_form(expert, edit_url(case)), None
    for number in range(3):
        data["coverage"] = f"Name {number}"
        revision = autosave(expert, edit_url(case), data, revision).json()["revision_id"]
    assert case.revisions.count() == 2
    assert lines(case) == 1
    assert CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object().coverage == "Name 2"


def test_rows_are_saved_once_and_go_when_they_are_deleted(expert: Client) -> None:
    case = make_case(make_team("ken"), live=False)
    data = read_form(expert, edit_url(case))
    add_row(data, "sources", title="A report")
    first = autosave(expert, edit_url(case), data).json()
    for name, value in first["field_updates"].items():
        data[name] = value
    data["sources-0-publisher"] = "KNBS"
    autosave(expert, edit_url(case), data, first["revision_id"])
    rows = CaseStudyPage.objects.get(pk=case.pk).sources.all()
    assert [(row.title, row.publisher) for row in rows] == [("A report", "KNBS")]
    data["sources-0-DELETE"] = "1"
    autosave(expert, edit_url(case), data, first["revision_id"])
    assert CaseStudyPage.objects.get(pk=case.pk).sources.count() == 0


def test_grids_and_terms_are_saved(expert: Client) -> None:
    case = make_case(make_team("ken"), live=False, levels={}, terms={"themes": []})
    data = read_form(expert, edit_url(case))
    data.setlist("themes", ["health", "education"])
    data["participation-design"], data["quality-metadata"] = "4", "2"
    assert autosave(expert, edit_url(case), data).json()["success"]
    draft = CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object()
    assert [term.code for term in draft.chosen("themes")] == ["health", "education"]
    assert draft.levels() == {"design": 4}
    assert [row.score for row in draft.quality_scores.all()] == [2]


def test_bad_values_are_refused_and_nothing_is_saved(expert: Client) -> None:
    case = make_case(make_team("ken"), live=False)
    data = read_form(expert, edit_url(case))
    data["start_year"] = "soon"
    answer = autosave(expert, edit_url(case), data)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "validation_error")
    assert case.revisions.count() == 0


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(expert: Client, editor: Client) -> None:
    case = make_case(make_team("ken"), live=False)
    case.save_revision()
    data = read_form(expert, edit_url(case))
    theirs = read_form(editor, edit_url(case))
    theirs["summary"] = "By the editor."
    autosave(editor, edit_url(case), theirs)
    data["summary"] = "By the expert."
    answer = autosave(expert, edit_url(case), data)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "invalid_revision")
    assert CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object().summary == "By the editor."


def test_an_open_editor_does_not_change_what_was_submitted_or_published(expert: Client) -> None:
    case = make_case(make_team("ken"), live=False)
    data = read_form(expert, edit_url(case))
    data["coverage"] = "First"
    revision = autosave(expert, edit_url(case), data).json()["revision_id"]
    sent = CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object()
    decisions.submit(sent, account("expert@example.org"))
    draft = CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object()
    draft.coverage = "After"
    user = account("expert@example.org")
    after = draft.save_revision(user=user, overwrite_revision=case.revisions.get(pk=revision))
    assert after.pk != revision
    assert case.revisions.get(pk=revision).as_object().coverage == "First"

    live = publish(make_case(make_team("ken"), live=False))
    shown = live.live_revision
    live.summary = "Changed."
    assert live.save_revision(user=shown.user, overwrite_revision=shown).pk != shown.pk
