"""The searched words follow the published page in the same transaction, and never an unpublished edit."""

from __future__ import annotations

from io import StringIO

from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

import pytest

from cases.models import CaseStudyPage, Step
from cases.versions.keeping import erase
from cases.workflow import door
from search.engines import engine
from search.models import EntryText
from search.query import Query
from search.words import parse_text
from tests.factories.entries import make_case, make_method, publish

pytestmark = pytest.mark.django_db


def found(words: str) -> list[str]:
    text, _ = parse_text(words)
    return [hit.document.title for hit in engine().search(Query(text=text)).hits]


def test_all_that_is_public_on_a_page_is_searched(repository: None) -> None:
    case = make_case(
        title="Title", summary="L’été", problem="<p>One</p><p>two &amp; <b>bo</b>ld</p>", places=["Kisumu"],
        risk_assessment="Someone could be hurt", story=[("paragraph", "<p>Told</p>")],
    )  # fmt: skip
    row = EntryText.objects.get(pk=case.pk)
    assert (row.language, row.title_words, row.summary_words) == ("en", " title ", " ete ")
    for word in (" one two bold ", " kisumu ", " told ", f" {case.reference.lower().replace('-', ' ')} "):
        assert word in row.body_words
    assert "hurt" not in row.body_words


def test_steps_of_a_method_are_searched(repository: None) -> None:
    method = make_method(title="How to count")
    method.steps = [Step(title="Weigh the litter", text="On a scale.")]
    publish(method)
    assert found("litter scale") == ["How to count"]


def test_an_edit_is_found_when_it_is_published(repository: None) -> None:
    case = make_case(title="Wells")
    case.title = "Springs"
    case.save_revision()
    assert (found("wells"), found("springs")) == (["Wells"], [])
    door.publish(case.get_latest_revision(), reason="test")
    assert (found("wells"), found("springs")) == ([], ["Springs"])


def test_saving_some_fields_does_not_show_a_draft_held_in_memory(repository: None) -> None:
    case = make_case(title="Wells", summary="Public.")
    page = CaseStudyPage.objects.get(pk=case.pk)
    page.title, page.summary = "Springs", "Secret."
    page.save(update_fields=["title"])
    assert EntryText.objects.get(pk=case.pk).title_words == " springs "
    assert EntryText.objects.get(pk=case.pk).summary_words == " public "


def test_words_are_written_in_the_transaction_of_the_page(repository: None) -> None:
    case = make_case(title="Wells")
    with transaction.atomic():
        case.title = "Springs"
        case.save()
        assert EntryText.objects.get(pk=case.pk).title_words == " springs "
        transaction.set_rollback(True)
    assert EntryText.objects.get(pk=case.pk).title_words == " wells "


def test_a_deleted_page_leaves_no_words(repository: None) -> None:
    case = make_case(title="Wells")
    erase(case)
    assert not EntryText.objects.exists()
    assert found("wells") == []


def test_rebuilding_restores_every_page(repository: None) -> None:
    make_case(title="Wells")
    make_method(title="Weighing")
    before = kept_texts()
    EntryText.objects.all().delete()
    out = StringIO()
    call_command("rebuild_index", stdout=out)
    assert kept_texts() == before
    assert out.getvalue().startswith("database: 2 entries indexed in ")


def kept_texts() -> list[dict[str, object]]:
    """All rows without the moment at which they were written."""
    return [{**row, "kept_at": None} for row in EntryText.objects.order_by("pk").values()]


@override_settings(SEARCH_ENGINE="solr")
def test_an_engine_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(ImproperlyConfigured, match="“solr”; available are: database"):
        engine()
