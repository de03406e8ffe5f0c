"""Two versions of an entry are compared field by field, in words: every field, every kind of row, every block."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.text import capfirst

from wagtail.models import Revision

import pytest

from cases.models import CaseStudyPage, EntryPage, MethodPage
from cases.term_fields import fields_of
from cases.terms import current_terms
from tests.factories.entries import make_case, make_method, translate
from tests.factories.files import make_picture
from tests.factories.rows import fill_rows, own_fields, target_of, value_of

pytestmark = pytest.mark.django_db

NOT_EDITED = {"reference", "external_id", "team", "original", "basis"}
NUMBERS = {"start_year", "end_year", "sample_size"}


def compared(client: Client, first: Revision, second: Revision) -> dict[str, str]:
    """What the page says about each field, by label, as plain text."""
    page = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[first.object_id, first.pk, second.pk]))
    assert page.status_code == 200
    row = r'<div class="title-wrapper">(.*?):</div>.*?<td class="comparison[^"]*">(.*?)</td>'
    rows = re.findall(row, page.content.decode(), re.DOTALL)
    return {html.unescape(label).strip(): _text(cell) for label, cell in rows}


def _text(cell: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split())


def fill(entry: EntryPage, mark: str) -> None:
    """Give every field that can be edited a value that holds `mark`."""
    for field in own_fields(type(entry)):
        if field.name in NOT_EDITED:
            continue
        value: Any = target_of(field, mark)[0] if field.is_relation else value_of(field, mark)
        setattr(entry, field.name, value)
    fill_rows(entry)


def empty(entry: EntryPage) -> None:
    """Take every value away again."""
    for field in own_fields(type(entry)):
        if field.name not in NOT_EDITED:
            setattr(entry, field.name, None if field.null else field.get_default())


def versions(entry: EntryPage) -> tuple[Revision, Revision]:
    """An empty version and one in which every field is filled."""
    empty(entry)
    for row in ("terms", "stage_levels", "sources", "attachments"):
        setattr(entry, row, [])
    first = entry.save_revision(clean=False)
    fill(entry, "mark")
    entry.save()
    return first, entry.save_revision(clean=False)


@pytest.mark.parametrize("make", [make_case, make_method])
def test_every_field_is_named_and_said(editor: Client, make: Any) -> None:
    entry = make(live=False)
    first, second = versions(entry)
    found = compared(editor, first, second)
    for field in own_fields(type(entry)):
        if field.name in NOT_EDITED:
            continue
        label = capfirst(field.verbose_name)
        assert label in found, label
        said = found[label]
        assert "[" not in said, (label, said)
        assert "True" not in said, (label, said)
        assert "None" not in said, (label, said)
    for choice in fields_of(entry.kind):
        assert str(choice.label) in found, choice.name
        assert f"+ {entry.chosen(choice.name)[0].label()}" in found[str(choice.label)]


def test_lists_and_ticks_are_said_in_words(editor: Client) -> None:
    case = make_case(live=False, places=["Kibera", "Mathare"], sensitive=False)
    first = case.save_revision()
    case.places, case.sensitive, case.sensitive_reason = ["Kibera", "Dandora"], True, "Small villages."
    found = compared(editor, first, case.save_revision())
    assert found["Places"] == "Kibera − Mathare + Dandora"
    assert found["Sensitive"] == "− no + yes"
    assert "Small villages." in found["Reason of the mark"]


def test_rows_are_said_by_their_fields(editor: Client) -> None:
    case = make_case(live=False)
    first, second = versions(case)
    found = compared(editor, first, second)
    partner = found["Partners"]
    for text in ("Organisation of partnerships-0", "Role", "Note", "partnerships-0-note"):
        assert text in partner, (text, partner)
    role = current_terms().get(case.partnerships.get_object_list()[0].role_id).label()
    assert str(role) in partner
    assert "sources-0-title" in found["Sources"]
    assert "attachments-0-title" in found["Files"]
    assert "official_uses-0-evidence" in found["Official uses"]
    assert "3" in found["Quality"]


def test_blocks_of_a_story_are_said(editor: Client) -> None:
    case = make_case(live=False)
    first = case.save_revision()
    case.story = [
        {"type": "heading", "value": "A walk"},
        {"type": "paragraph", "value": "<p>Through the fields.</p>"},
        {"type": "quote", "value": {"text": "We count.", "attribution": "a teacher"}},
    ]
    second = case.save_revision()
    found = compared(editor, first, second)["Story"]
    for text in ("A walk", "Through the fields.", "We count.", "a teacher", "Said by"):
        assert text in found


def test_a_picture_in_a_story_is_named(editor: Client) -> None:
    case, one, other = make_case(live=False), make_picture(name="one.jpg"), make_picture(name="other.jpg")
    case.story = [{"type": "picture", "id": "a", "value": {"picture": one.pk, "caption": "", "decorative": False}}]
    first = case.save_revision()
    case.story = [{"type": "picture", "id": "a", "value": {"picture": other.pk, "caption": "", "decorative": True}}]
    found = compared(editor, first, case.save_revision())["Story"]
    assert "one.jpg" in found
    assert "other.jpg" in found
    assert "no yes" in found


def test_a_translation_is_compared_too(editor: Client) -> None:
    french = translate(make_case(), "fr", live=False)
    first = french.save_revision()
    french.problem, french.title = "<p>Personne ne savait.</p>", "Un autre titre"
    found = compared(editor, first, french.save_revision())
    assert "Personne ne savait." in found["Problem"]
    assert "Un autre titre" in found["Title"]


def test_steps_of_a_method(editor: Client) -> None:
    method = make_method(live=False)
    first = method.save_revision()
    step = method.steps.get_object_list()[0]
    step.text = "Ask last."
    method.steps = [step]
    found = compared(editor, first, method.save_revision())
    assert "Ask" in found["Steps"]
    assert "last" in found["Steps"]


def test_nothing_is_said_of_what_did_not_change(editor: Client) -> None:
    case: CaseStudyPage | MethodPage = make_case(live=False, places=["Kibera"])
    first = case.save_revision()
    case.summary = "Another summary."
    assert set(compared(editor, first, case.save_revision())) == {"Summary"}
