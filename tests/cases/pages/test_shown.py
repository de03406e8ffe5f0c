"""Everything that an entry holds can be read on its page; nothing private can."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.db import models
from django.test import Client

import pytest

from cases.models import CaseStudyPage, EntryPage, MethodPage
from cases.models.parts.ethics import PRIVATE_FIELDS
from tests.factories.entries import make_case, make_method, publish
from tests.factories.rows import fill_rows, link_methods, own_fields, target_of, value_of

pytestmark = pytest.mark.django_db

# Columns that are told by a sentence of their own, or stand for something else that is tested below.
SENTENCES = {
    "sensitive": "Sensitive content",
    "assessment_confirmed": None,  # takes the caveat away: see test_caveats
    "owner_reviewed": "the owner has read this entry",
    "community_agreed": None,  # lets the community's name be shown
    "offline_able": "Works without a network",
}
KEPT_BACK = {
    "external_id": "a key for import and export",
    "basis": "shown as check marks",
    "original": "shown as languages",
    "team": "shown by name in the way back and in the citation",
    "reference": "given by the repository",
}


def filled(entry_class: type[EntryPage]) -> tuple[dict[str, Any], list[str]]:
    """A value for each column, and the texts by which the page has to show them."""
    fields: dict[str, Any] = {}
    texts = []
    for field in own_fields(entry_class):
        if field.name in KEPT_BACK:
            continue
        mark = f"unique-{field.name}"
        if isinstance(field, models.ForeignKey):
            fields[field.name], text = target_of(field, mark)
        else:
            fields[field.name], text = value_of(field, mark), mark
        if field.name in PRIVATE_FIELDS:
            continue
        texts += _texts_of(field, fields[field.name], text)
    return fields, texts


def _texts_of(field: models.Field[Any, Any], value: Any, text: str) -> list[str]:
    if isinstance(field, models.BooleanField):
        return [sentence] if (sentence := SENTENCES[field.name]) else []
    if field.name == "provisions":
        return ["Convention on the Rights of Persons with Disabilities", "Article 31"]
    if field.name == "story":
        parts = ("heading", "paragraph", "caption", "quote", "speaker", "table", "column", "cell", "file")
        return [f"{text} {part}" for part in parts]
    if isinstance(value, list):
        return [str(item) for item in value]
    return [str(value)] if isinstance(value, int) else [text]


def text_of(page: EntryPage) -> str:
    response = Client().get(page.get_url())
    assert response.status_code == 200
    text = unescape(response.content.decode())
    return " ".join(text.replace('<span lang="en">', "").replace("</span>", "").replace("<span>", "").split())


@pytest.fixture
def full_case(repository: None) -> tuple[CaseStudyPage, list[str]]:
    fields, texts = filled(CaseStudyPage)
    case = make_case(live=False, **fields)
    method = make_method(title="unique method")
    texts += [*fill_rows(case), "unique method"]
    link_methods(case, [method])
    return publish(case), texts


def test_case_shows_every_field(full_case: tuple[CaseStudyPage, list[str]]) -> None:
    case, texts = full_case
    page = text_of(case)
    assert len(texts) > 80
    assert [text for text in texts if text not in page] == []
    assert case.reference in page
    assert "Team ken" in page or case.team.name in page


def test_method_shows_every_field(repository: None) -> None:
    fields, texts = filled(MethodPage)
    method = make_method(live=False, **fields)
    texts += fill_rows(method)
    method = publish(method)
    case = make_case(live=False, title="unique case")
    link_methods(case, [method])
    publish(case)
    page = text_of(method)
    assert len(texts) > 40
    assert [text for text in [*texts, "unique case"] if text not in page] == []


def test_private_fields_are_never_shown(full_case: tuple[CaseStudyPage, list[str]]) -> None:
    case, _texts = full_case
    page = text_of(case)
    assert {"risk_assessment", "consent_record"} == set(PRIVATE_FIELDS)
    for name in PRIVATE_FIELDS:
        assert f"unique-{name}" not in page


def test_a_community_that_did_not_agree_is_not_named(repository: None) -> None:
    case = make_case()
    CaseStudyPage.objects.filter(pk=case.pk).update(community_name="Hidden village", community_agreed=False)
    assert "Hidden village" not in text_of(case)


def test_verified_fields_are_marked(repository: None) -> None:
    case = make_case(basis={"problem": "verified", "results": "editorial"})
    page = Client().get(case.get_url()).content.decode()
    problem, results = (page.split(f'id="h-{name}"')[1].split("</h2>")[0] for name in ("problem", "results"))
    assert "checked against a public source" in problem
    assert "checked against a public source" not in results
