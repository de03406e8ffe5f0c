"""Synonyms widen words, at once and for all, and never phrases or exclusions."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from accounts.models import User
from cases.models import Term, TermsVersion
from cases.terms import refresh
from cases.vocabularies.merge import merge_terms
from search.models import LoadedSynonyms, SynonymSet
from search.query import Query
from search.service import search
from search.synonyms.expansion import MAX_RUNS, expanded
from search.synonyms.loading import FILE, load_synonyms
from search.words import parse_text
from tests.factories.entries import make_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("repository")]


def query(raw: str, language: str = "en") -> Query:
    return Query(text=parse_text(raw)[0], language=language)


def found(raw: str, language: str = "en") -> set[str]:
    return {hit.document.title for hit in search(query(raw, language)).results.hits}


def synonyms(*terms: str, language: str = "") -> SynonymSet:
    made = SynonymSet(language=language, terms=list(terms))
    made.full_clean()
    made.save()
    return made


@pytest.fixture
def offices() -> None:
    make_case(title="Work with the national statistical office")
    make_case(title="Work with an NSO")
    make_case(title="An office of national importance with statistical work")
    make_case(title="Something else")


def test_one_word_and_several_stand_for_each_other(offices: None) -> None:
    assert found("nso") == {"Work with an NSO"}
    synonyms("NSO", "national statistical office")
    assert found("nso") == {"Work with an NSO", "Work with the national statistical office"}
    # Whatever holds all three words is found as before, and what holds the abbreviation.
    assert found("national statistical office") == {
        "Work with an NSO",
        "Work with the national statistical office",
        "An office of national importance with statistical work",
    }
    assert found("nso importance") == set()
    assert found("work national statistical office") == found("national statistical office")


def test_phrases_and_exclusions_are_what_was_typed(offices: None) -> None:
    synonyms("NSO", "national statistical office")
    assert found('"nso"') == {"Work with an NSO"}
    assert found('"national statistical office"') == {"Work with the national statistical office"}
    assert found("work -nso") == {
        "Work with the national statistical office",
        "An office of national importance with statistical work",
    }


def test_what_is_found_by_a_synonym_is_marked(offices: None) -> None:
    synonyms("NSO", "national statistical office")
    titles = {str(hit.title) for hit in search(query("nso")).results.hits}
    assert "Work with the <mark>national statistical office</mark>" in titles


def test_a_set_acts_for_the_readers_of_its_language() -> None:
    make_case(title="Étude de l'INS")
    synonyms("INS", "institut statistique", language="fr")
    assert found("institut statistique", "fr") == {"Étude de l'INS"}
    assert found("institut statistique", "en") == set()


def test_editing_and_deleting_act_at_once(offices: None) -> None:
    made = synonyms("bureau", "NSO")
    assert found("bureau") == {"Work with an NSO"}
    made.terms = ["bureau", "something"]
    made.save()
    assert found("bureau") == {"Something else"}
    made.delete()
    assert found("bureau") == set()
    SynonymSet.objects.bulk_create([SynonymSet(language="", terms=["bureau", "NSO"])])
    assert found("bureau") == {"Work with an NSO"}
    SynonymSet.objects.all().delete()
    assert found("bureau") == set()


@pytest.mark.django_db(transaction=True)
def test_another_thread_uses_them_in_its_next_request() -> None:
    make_case(title="Work with an NSO")
    client, answers, turn, done = Client(), [], threading.Event(), threading.Event()

    def visitor() -> None:
        answers.append(b"Work with an" in client.get("/en/search/?q=bureau").content)
        done.set()
        turn.wait(20)
        answers.append(b"Work with an" in client.get("/en/search/?q=bureau").content)
        connection.close()

    thread = threading.Thread(target=visitor)
    thread.start()
    assert done.wait(20)
    synonyms("bureau", "NSO")
    turn.set()
    thread.join(20)
    assert answers == [False, True]


def test_they_cost_no_sql_of_their_own(offices: None) -> None:
    synonyms("NSO", "national statistical office")
    expanded(query("nso"))
    refresh()
    with CaptureQueriesContext(connection) as captured:
        assert len(expanded(query("nso")).text.wanted_groups[0]) == 2
    assert [sql["sql"] for sql in captured if TermsVersion._meta.db_table not in sql["sql"]] == []
    assert len(captured) == 1


def test_names_of_merged_terms_find_what_took_their_place() -> None:
    make_case(title="Rivers", terms={"themes": ["water-sanitation"]})
    old = Term.objects.create(vocabulary="themes", code="brunnenbau", labels={"en": "Sinking shafts"})
    merge_terms(old, Term.objects.get(vocabulary="themes", code="water-sanitation"))
    assert found("brunnenbau") == {"Rivers"}
    assert found("sinking shafts") == {"Rivers"}


def test_labels_and_abbreviations_of_any_language_find_the_term() -> None:
    make_case(title="Counting ramps", terms={"population_groups": ["persons-with-disabilities"]})
    load_synonyms()
    for raw in (
        "discapacidad",
        "PWD",
        "handicap",
        "disabled people",
        "handicapées",
        "残疾人",
        "الإعاقة",
        "инвалидностью",
    ):
        assert found(raw) == {"Counting ramps"}, raw


def test_an_editor_cannot_make_a_query_endless() -> None:
    for number in range(4):
        SynonymSet.objects.create(language="", terms=[f"word{number}", *(f"x{number}n{n}" for n in range(50))])
    groups = expanded(query("word0 word1 word2 word3")).text.wanted_groups
    assert sum(len(group) - 1 for group in groups) == MAX_RUNS
    assert found("word0 word1 word2 word3") == set()


def test_expanding_twice_is_expanding_once(offices: None) -> None:
    synonyms("NSO", "national statistical office")
    once = expanded(query("work nso -other"))
    assert expanded(once) == once
    with pytest.raises(ValueError, match="2 words need"):
        replace(once.text).with_synonyms(((),))


@pytest.mark.parametrize(
    ("language", "terms", "message"),
    [
        ("", ["NSO"], "at least two"),
        ("", ["été", "Ete"], "at least two"),
        ("fr", ["nso", "autre"], "“nso” already stands in the set “NSO, statistical office” (All languages)"),
        ("", ["Statistical  Office", "other"], "“statistical office” already stands"),
        ("", ["…", "other"], "must have between 1 and 12 words"),
        ("", ["a " * 13, "other"], "must have between 1 and 12 words"),
    ],
)
def test_sets_that_say_nothing_or_repeat_a_word_are_refused(language: str, terms: list[str], message: str) -> None:
    synonyms("NSO", "statistical office")
    with pytest.raises(ValidationError) as refused:
        SynonymSet(language=language, terms=terms).full_clean()
    assert message in " ".join(refused.value.messages)


def test_two_languages_may_use_one_abbreviation() -> None:
    synonyms("ONG", "organisation non gouvernementale", language="fr")
    synonyms("ONG", "organización no gubernamental", language="es")
    with pytest.raises(ValidationError, match="already stands"):
        SynonymSet(language="", terms=["ong", "ngo"]).full_clean()


def test_what_comes_with_the_software_is_valid_and_loaded_once() -> None:
    codes = [record["code"] for record in json.loads(FILE.read_text(encoding="utf-8"))]
    loaded = load_synonyms()
    assert (loaded.created, loaded.refused) == (codes, {})
    SynonymSet.objects.filter(search_text__contains="pwd").delete()
    assert load_synonyms().created == []
    assert SynonymSet.objects.count() == len(codes) - 1 == LoadedSynonyms.objects.count() - 1


def test_a_set_whose_words_editors_use_already_is_left_out_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    synonyms("PWD", "my own")
    call_command("load_synonyms")
    assert "not added: persons-with-disabilities: “pwd” already stands" in capsys.readouterr().out
    assert SynonymSet.objects.filter(search_text__contains="handicapped").count() == 0


def test_a_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sets.json"
    for text, message in (("{", "sets.json"), ("{}", "a list"), ('[{"code": "x"}]', "set 1: exactly")):
        file.write_text(text)
        with pytest.raises(CommandError, match=message):
            call_command("load_synonyms", file=file)
    assert not SynonymSet.objects.exists()


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser(email="admin@example.org", password="x"))
    return client


def test_editors_add_find_change_and_delete_sets(admin: Client) -> None:
    added = admin.post("/admin/synonyms/new/", {"language": "fr", "terms": "ONG\norganisation non gouvernementale"})
    assert added.status_code == 302, added.content.decode()
    synonyms("NSO", "statistical office")
    listed = admin.get("/admin/synonyms/?q=ong&language=fr").content.decode()
    assert "ONG, organisation non gouvernementale" in listed
    assert "NSO" not in listed
    assert "NSO, statistical office" in admin.get("/admin/synonyms/?language=any").content.decode()
    pk = SynonymSet.objects.get(language="fr").pk
    refused = admin.post(f"/admin/synonyms/edit/{pk}/", {"language": "", "terms": "ONG\nnso"})
    assert "already stands in the set" in refused.content.decode()
    assert admin.post(f"/admin/synonyms/edit/{pk}/", {"language": "", "terms": "ONG\nNGO"}).status_code == 302
    history = admin.get(f"/admin/synonyms/history/{pk}/").content.decode()
    assert "Created" in history
    assert "Edited" in history
    assert admin.post(f"/admin/synonyms/delete/{pk}/").status_code == 302
    assert not SynonymSet.objects.filter(pk=pk).exists()
