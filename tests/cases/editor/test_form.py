"""What the editor shows: every field, its help, what is missing and where, and lists that work without script."""

from __future__ import annotations

import re

from django.test import Client

import pytest

from cases.gates import gaps, required_fields
from cases.models import CaseStudyPage, EntryPage, MethodPage
from cases.term_fields import fields_of
from tests.cases.editor.forms import edit_url
from tests.factories.entries import make_case, make_method, make_team, team_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [CaseStudyPage, MethodPage])
def test_every_field_of_the_model_can_be_edited(repository: None, model: type[EntryPage]) -> None:
    form = model.get_edit_handler().get_form_class()
    ours = [field for field in model._meta.get_fields() if field.concrete and field.model._meta.app_label == "cases"]
    own = {field.name for field in ours if field.editable and not getattr(field.remote_field, "parent_link", False)}
    assert own - set(form.base_fields) == set()
    assert {field.name for field in fields_of(model.kind)} <= set(form.base_fields)
    assert required_fields(model.kind) <= {*form.base_fields, *form.formsets}


def test_every_gap_links_to_its_field(expert: Client) -> None:
    case = CaseStudyPage(title="Empty", slug="empty", live=False)
    team_page(make_team("ken")).add_child(instance=case)
    page = expert.get(edit_url(case)).content.decode()
    status = page[page.index('id="entry-status"') : page.index("</section>", page.index('id="entry-status"'))]
    places = re.findall(r'<a href="#([^"]+)">', status)
    assert len(places) >= len(gaps(case))
    for place in places:
        assert f'id="{place}"' in page, place


def test_terms_are_plain_controls_with_their_meaning(expert: Client) -> None:
    page = expert.get(edit_url(make_case(live=False))).content.decode()
    assert '<input type="checkbox" name="countries" value="ken" checked>' in page
    assert page.count('name="countries"') == 195
    assert page.count('class="terms-region"') == 5
    assert page.count('type="radio" name="participation-design"') == 6
    assert page.count('-evidence" value=') == 24
    assert "Physical and mental health, services, and quality of life." in page


def test_labels_are_in_the_language_of_the_reader(expert: Client) -> None:
    from wagtail.users.models import UserProfile

    from accounts.models import User

    UserProfile.objects.create(user=User.objects.get(email="expert@example.org"), preferred_language="fr")
    page = expert.get(edit_url(make_case(live=False))).content.decode()
    assert "Santé et bien-être" in page
    assert '<small lang="en">Physical and mental health' in page


def test_derived_values_are_shown_and_cannot_be_typed(expert: Client) -> None:
    case = make_case(live=False, terms={"consent_basis": ["not-documented"]})
    page = expert.get(edit_url(case)).content.decode()
    for text in ("Eastern Africa", "Citizen data", case.reference, "no data file may be attached", "% complete"):
        assert text in page, text


def test_the_editor_of_a_method_answers(editor: Client) -> None:
    page = editor.get(edit_url(make_method(live=False)))
    assert page.status_code == 200
    assert page.content.decode().count('name="participation"') == 11


def test_autosave_keeps_working_and_tells_what_is_missing(expert: Client) -> None:
    from tests.cases.editor.forms import read_form

    case = make_case(live=False)
    data = read_form(expert, edit_url(case))
    data.setlist("themes", [])
    answer = expert.post(
        edit_url(case), {name: data.getlist(name) for name in data}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 200, answer.content
    saved = answer.json()
    assert saved["success"]
    assert "entry-status" in saved["html"]
    assert "Themes" in saved["html"]
