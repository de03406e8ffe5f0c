"""The term cache: one small SQL a request when nothing changed, and never something stale."""

from __future__ import annotations

import threading

from django.core.signals import request_started
from django.db import close_old_connections, connection, transaction
from django.test.utils import CaptureQueriesContext

import pytest

from cases.models import Term, TermsVersion
from cases.terms import Label, UnknownTermError, current_terms, refresh, resolve
from cases.vocabularies.merge import merge_terms


def start_request():
    """What a request's start sets off, without letting go of the connection that holds the test's transaction."""
    request_started.disconnect(close_old_connections)
    try:
        request_started.send(sender=None)
    finally:
        request_started.connect(close_old_connections)


def codes(rows):
    return [row.code for row in rows]


def test_a_warm_request_asks_for_the_version_once(get, django_assert_num_queries):
    current_terms()
    start_request()
    with django_assert_num_queries(1) as captured:
        terms = current_terms()
        terms.of("themes"), terms.find("countries", "ken"), current_terms().of("sdgs")
    assert "termsversion" in captured.captured_queries[0]["sql"]
    assert current_terms() is terms


def test_terms_are_loaded_again_only_when_they_changed(get, django_assert_num_queries):
    before = current_terms()
    start_request()
    assert current_terms() is before
    Term.objects.filter(vocabulary="themes").update(retired_at="2026-01-01T00:00Z")
    start_request()
    with django_assert_num_queries(2):
        assert current_terms().of("themes") == ()
    assert len(before.of("themes")) == 42


def test_what_this_thread_writes_it_sees_at_once(make):
    current_terms()
    term = make("new-theme")
    assert current_terms().find("themes", "new-theme").id == term.pk
    term.labels["fr"] = "Neuf"
    term.save()
    assert current_terms().get(term.pk).label("fr") == "Neuf"


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_forgotten(make):
    term = make("theme", labels={"en": "Before"})
    with transaction.atomic():
        Term.objects.filter(pk=term.pk).update(labels={"en": "After"})
        assert current_terms().get(term.pk).label("en") == "After"
        transaction.set_rollback(True)
    assert current_terms().get(term.pk).label("en") == "Before"


@pytest.mark.django_db(transaction=True)
def test_another_thread_sees_it_at_its_next_round(make):
    term = make("theme", labels={"en": "Before"})
    seen, written, read = [], threading.Event(), threading.Event()

    def worker():
        seen.append(current_terms().get(term.pk).label("en"))
        read.set()
        written.wait(10)
        seen.append(current_terms().get(term.pk).label("en"))
        refresh()
        seen.append(current_terms().get(term.pk).label("en"))
        connection.close()

    thread = threading.Thread(target=worker)
    thread.start()
    assert read.wait(10)
    Term.objects.filter(pk=term.pk).update(labels={"en": "After"})
    written.set()
    thread.join(10)
    assert seen == ["Before", "Before", "After"]


def test_every_way_of_writing_changes_the_version(make):
    term = make("one")
    ways = [
        term.save,
        lambda: Term.objects.filter(pk=term.pk).update(order=3),
        lambda: Term.objects.bulk_update([term], ["order"]),
        lambda: Term.objects.bulk_create([Term(vocabulary="themes", code="two", labels={"en": "Two"})]),
        lambda: Term.objects.get_or_create(vocabulary="themes", code="three", labels={"en": "Three"}),
    ]
    versions = [TermsVersion.current()]
    for way in ways:
        way()
        versions.append(TermsVersion.current())
    assert len(set(versions)) == len(ways) + 1
    assert Term.objects.get(code="two").search_text == "two"


@pytest.mark.django_db(transaction=True)
def test_version_and_data_are_written_in_one_transaction(make):
    term = make("theme")
    with CaptureQueriesContext(connection) as captured:
        term.save()
    statements = [query["sql"] for query in captured.captured_queries]
    begin = next(i for i, sql in enumerate(statements) if sql.startswith("BEGIN"))
    bump = next(i for i, sql in enumerate(statements) if "cases_termsversion" in sql)
    assert begin < bump < next(i for i, sql in enumerate(statements) if sql.startswith("COMMIT"))


def test_a_country_stands_under_all_its_regions_but_not_the_world(loaded):
    terms = current_terms()
    ken = terms.find("countries", "ken")
    world = terms.find("m49_regions", "world")
    assert codes(terms.ancestors(ken.id)) == ["eastern-africa", "sub-saharan-africa", "africa"]
    assert ken in terms.children(ken.parent_id)
    assert codes(terms.children(world.id)) == ["africa", "americas", "asia", "europe", "oceania"]
    assert world not in terms.of("m49_regions")
    assert len(terms.of("m49_regions")) == 29


def test_a_missing_label_is_english_and_says_so(make):
    term = make("theme", labels={"en": "Theme", "fr": "Thème"})
    row = current_terms().get(term.pk)
    assert (row.label("fr"), row.label("fr").lang) == ("Thème", "fr")
    assert (row.label("da"), row.label("da").lang) == ("Theme", "en")
    assert isinstance(row.label("da"), Label)
    assert row.label("da").text == "Theme"
    assert (row.description(), row.description().lang) == ("", "en")


def test_the_active_language_is_the_default(make, settings):
    from django.utils import translation

    term = make("theme", labels={"en": "Theme", "zh-hans": "主题"})
    row = current_terms().get(term.pk)
    with translation.override("zh-hans"):
        assert (row.label(), row.label().lang) == ("主题", "zh-hans")


def test_rows_cannot_be_changed(make):
    term = make("theme")
    row = current_terms().get(term.pk)
    with pytest.raises(AttributeError):
        row.code = "other"
    with pytest.raises(TypeError):
        row.labels["en"] = "Other"


def test_resolve_follows_the_whole_chain(make):
    first, second, third = make("first"), make("second"), make("third")
    merge_terms(first, second)
    merge_terms(second, third)
    assert resolve(first).code == resolve(second).code == resolve(third).code == "third"
    assert codes(current_terms().of("themes")) == ["third"]
    assert set(codes(current_terms().of("themes", retired=True))) == {"first", "second", "third"}


def test_an_unknown_key_is_an_error_with_a_name(make):
    make("theme")
    with pytest.raises(UnknownTermError, match="999999"):
        current_terms().get(999999)
    assert current_terms().find("themes", "none") is None
