"""Previews show drafts as a visitor would see them, whatever is missing, and only to those who may edit them."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

import pytest

from cases.models import Attachment, CaseStudyPage, EntryPage, MethodPage
from tests.cases.editor.conftest import sign_in
from tests.cases.editor.forms import edit_url, read_form
from tests.factories.entries import make_case, make_method, make_team, team_page, term, translate
from tests.factories.files import make_file

pytestmark = pytest.mark.django_db

MARK = "Preview: what a visitor would see. It is not public."


def preview(client: Client, url: str, form_url: str, **values: Any) -> str:
    """Send the form to the preview as the side panel does, and read what it shows."""
    data = read_form(client, form_url)
    sent = {name: data.getlist(name) for name in data} | values
    answer = client.post(url, sent)
    assert answer.json() == {"is_valid": True, "is_available": True}
    shown = client.get(url)
    assert shown.status_code == 200
    return shown.content.decode()


def of_edit(page: EntryPage) -> str:
    return reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])


@pytest.mark.parametrize("kind", ["casestudypage", "methodpage"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_empty_new_entry(expert: Client, kind: str, language: str) -> None:
    home = team_page(make_team("ken"), language)
    form = reverse("wagtailadmin_pages:add", args=["cases", kind, home.pk])
    url = reverse("wagtailadmin_pages:preview_on_add", args=["cases", kind, home.pk])
    page = preview(expert, url, form, title="", slug="")
    assert "preview-mark" in page
    assert not EntryPage.objects.exists()


@pytest.mark.parametrize("model", [CaseStudyPage, MethodPage])
def test_a_saved_entry_without_anything_but_a_title(expert: Client, model: type[EntryPage]) -> None:
    entry = model(title="Nothing yet", slug="nothing", live=False)
    team_page(make_team("ken")).add_child(instance=entry)
    page = preview(expert, of_edit(entry), edit_url(entry), title="")
    assert MARK in page
    assert expert.get(reverse("wagtailadmin_pages:view_draft", args=[entry.pk])).status_code == 200


def test_an_empty_translation_of_an_empty_original(expert: Client) -> None:
    for original in (make_case(make_team("ken"), live=False), make_method(make_team("ken"), live=False)):
        for name in (*original.text_fields, "summary"):
            setattr(original, name, "")
        original.terms, original.stage_levels = [], []
        original.save()
        french = translate(original, "fr", live=False, summary="")
        assert "preview-mark" in preview(expert, of_edit(french), edit_url(french), title="")


def test_what_is_typed_is_seen_and_nothing_is_saved(expert: Client) -> None:
    case = make_case(make_team("ken"), live=False)
    page = preview(expert, of_edit(case), edit_url(case), title=["Typed"], places=["Kibera"])
    assert "Typed" in page
    assert "Kibera" in page
    assert CaseStudyPage.objects.get(pk=case.pk).places == []


def test_files_are_closed_as_they_are_for_visitors(expert: Client) -> None:
    case = make_case(make_team("ken"), live=False)
    case.attachments = [
        Attachment(file=make_file(), title="For the team", kind_id=term("attachment_kinds", "report").id,
                   access_level_id=term("sensitivity_levels", "team").id)
    ]  # fmt: skip
    case.save()
    page = preview(expert, of_edit(case), edit_url(case))
    assert "For the team" in page
    assert "only the country team can open it" in page


def test_the_public_page_bears_no_mark(client: Client, repository: None) -> None:
    page = client.get(make_case().url).content.decode()
    assert "preview-mark" not in page


def test_only_for_those_who_may_edit(expert: Client) -> None:
    other = make_case(make_team("uga"), live=False, title="Secret of Uganda")
    other.save_revision()
    for client in (expert, sign_in("reviewer@example.org", "Reviewers"), Client()):
        answer = client.get(of_edit(other))
        assert answer.status_code in {302, 404}  # to the sign-in, or as if it were not there
        assert "Secret of Uganda" not in answer.content.decode()
    uganda = team_page(make_team("uga"))
    add = reverse("wagtailadmin_pages:preview_on_add", args=["cases", "casestudypage", uganda.pk])
    assert expert.get(add).status_code in {302, 403, 404}
