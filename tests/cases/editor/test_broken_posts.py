"""What no browser sends to the editor of an entry is refused, not an error of the server."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.test import Client
from django.urls import reverse

import pytest

from cases.models import CaseStudyPage
from tests.cases.editor.conftest import sign_in
from tests.cases.editor.forms import edit_url, read_form
from tests.factories.entries import make_case, make_team

BLOCK = {"story-count": "1", "story-0-deleted": "", "story-0-type": "heading", "story-0-order": "0"}


@pytest.fixture
def expert(repository: None) -> Client:
    make_team("ken")
    client = sign_in("expert@example.org", "team:ken")
    client.raise_request_exception = False
    return client


@pytest.fixture
def case(expert: Client) -> CaseStudyPage:
    page = make_case(make_team("ken"), live=False, title="Before")
    page.save_revision()
    return page


def broken(client: Client, case: CaseStudyPage, without: str, **values: Any) -> QueryDict:
    data = read_form(client, edit_url(case))
    for name, value in {"title": "After", **values}.items():
        data[name] = value
    data.pop(without, None)
    return data


@pytest.mark.parametrize(
    ("without", "values"),
    [
        ("story-count", {}),
        ("", {"story-count": "many"}),
        ("", {"story-count": "2"}),
        ("story-0-deleted", BLOCK),
        ("story-0-type", BLOCK),
        ("", {**BLOCK, "story-0-order": "first"}),
    ],
)
def test_half_a_story_is_refused(expert: Client, case: CaseStudyPage, without: str, values: dict[str, str]) -> None:
    data = broken(expert, case, without, **values)
    add = reverse("wagtailadmin_pages:add", args=["cases", "casestudypage", case.get_parent().pk])
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[case.pk])
    for url in (edit_url(case), add, preview):
        answer = expert.post(url, data)
        assert answer.status_code == 400, url
        assert "The form was not sent whole" in answer.content.decode()
    assert CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object().title == "Before"
    assert CaseStudyPage.objects.count() == 1


def test_autosave_is_told_too(expert: Client, case: CaseStudyPage) -> None:
    answer = expert.post(edit_url(case), broken(expert, case, "story-count"), headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "broken_form"


def test_an_empty_post_is_refused(expert: Client, case: CaseStudyPage) -> None:
    assert expert.post(edit_url(case), {}).status_code == 400


@pytest.mark.parametrize("name", ["attachments-TOTAL_FORMS", "sources-INITIAL_FORMS", "comments-TOTAL_FORMS", "title"])
def test_other_parts_may_be_missing(expert: Client, case: CaseStudyPage, name: str) -> None:
    assert expert.post(edit_url(case), broken(expert, case, name)).status_code < 500
