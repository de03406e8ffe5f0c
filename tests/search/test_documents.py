"""Documents: what they hold, that JSON keeps it, and what collecting them costs."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from cases.models import Term
from cases.terms import refresh
from cases.vocabularies.merge import merge_terms
from search.collecting import all_keys, build, build_all
from search.documents import IndexDocument
from tests.factories.entries import make_case, make_method, make_organisation, make_team, translate
from tests.search.test_sql import some_picture

pytestmark = pytest.mark.django_db


def full_case() -> IndexDocument:
    case = make_case(
        make_team("ken"),
        title="Wells “of” <Kisumu>",
        summary="Who counts?",
        problem="<p>Water &amp; data</p>",
        cover=some_picture(),
        tags=["Open Data"],
        lead=make_organisation("Lead institute"),
        partners=[(make_organisation("Wide network"), "funder")],
        start_year=2012,
        end_year=2013,
    )
    translate(case, "ar", title="آبار", summary="ملخص")
    translate(case, "fr", live=False)
    (document,) = build([str(case.translation_key)])
    return document


def test_a_document_holds_the_entry_with_its_findable_translations(repository: None) -> None:
    document = full_case()
    assert (document.kind, document.language, document.lead, document.years) == (
        "case",
        "en",
        "Lead institute",
        (2012, 2013),
    )
    assert list(document.texts) == ["en", "ar"]
    assert document.texts["en"].title == "Wells “of” <Kisumu>"
    assert "Water & data" in document.texts["en"].body
    assert document.texts["ar"].url.startswith("/ar/teams/ken/")
    assert document.codes["country"] == ("africa", "eastern-africa", "ken", "sub-saharan-africa")
    assert document.codes["language"] == ("ar", "en")
    assert document.codes["year"] == ("2012", "2013")
    assert {"Kenya", "Health and well-being"} & set(document.labels["en"])
    assert document.labels["ar"]
    assert document.names == ("Open Data", "lead institute", "wide network")
    assert document.cover
    assert (document.cover.width, document.cover.height) == (64, 36)


def test_json_keeps_everything(repository: None) -> None:
    document = full_case()
    assert IndexDocument.from_json(document.to_json()) == document
    stored = IndexDocument.from_json(document.to_json(searched=False))
    assert (stored.labels, stored.names) == ({}, ())
    for language in ("en", "ar", "fr"):
        assert stored.card(language) == document.card(language)


@pytest.mark.parametrize("line", ["", "[]", "{}", "7", '{"key": "x"}', "{"])
def test_what_is_no_document_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"document|JSON|Expecting"):
        IndexDocument.from_json(line)


def test_a_card_shows_labels_as_the_terms_are_now(repository: None) -> None:
    document = full_case()
    health, energy = (Term.objects.get(vocabulary="themes", code=code) for code in ("health", "energy"))
    merge_terms(health, energy)
    refresh()
    assert [str(label) for label in document.card("en").themes] == [energy.labels["en"]]


def test_only_findable_entries_have_documents(repository: None) -> None:
    live, draft = make_case(), make_case(live=False)
    keys = [str(page.translation_key) for page in (live, draft)]
    assert [document.key for document in build(keys)] == all_keys() == keys[:1]
    assert build([]) == build(["00000000-0000-0000-0000-000000000000"]) == []
    assert [document.key for batch in build_all() for document in batch] == keys[:1]


def test_sql_is_the_same_for_few_and_many_entries(repository: None) -> None:
    def add(count: int) -> None:
        for number in range(count):
            case = make_case(title=f"C {number}", cover=some_picture(), tags=[f"t{number}"])
            translate(case, "fr")
            make_method(title=f"M {number}")

    def queries() -> list[str]:
        build(all_keys())  # makes renditions
        refresh()
        with CaptureQueriesContext(connection) as captured:
            assert build(all_keys())
        return [query["sql"] for query in captured.captured_queries]

    add(1)
    few = queries()
    add(25)
    many = queries()
    assert len(many) == len(few) <= 13, many
