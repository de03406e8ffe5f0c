"""Loading: once all terms are there, a second run changes nothing; editors' work is kept."""

from __future__ import annotations

import io
import json
import shutil

from django.core.management import call_command

import pytest

from cases.models import Term, TermsVersion
from cases.signals import term_moved
from cases.terms import current_terms
from cases.vocabularies.changes import retire_term
from cases.vocabularies.files import FOLDER
from cases.vocabularies.loader import load_vocabularies


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "vocabularies")


def edit(folder, vocabulary, code, **values):
    path = folder / f"{vocabulary}.json"
    entries = json.loads(path.read_text())
    next(entry for entry in entries if entry["code"] == code).update(values)
    path.write_text(json.dumps(entries))


def run(**options):
    out = io.StringIO()
    call_command("load_vocabularies", stdout=out, **options)
    return out.getvalue()


def test_a_second_run_changes_nothing_and_says_so(no_terms):
    assert "Terms created: 665, updated: 0, moved: 0." in run()
    before, version = list(Term.objects.values()), TermsVersion.current()
    assert run() == "The vocabularies are up to date: nothing changed.\n"
    assert (list(Term.objects.values()), TermsVersion.current()) == (before, version)


def test_terms_carry_labels_drafts_facts_and_folded_words(get):
    goal, use, country = get("sdgs", "sdg-04"), get("official_use", "none"), get("countries", "nam")
    assert (goal.facts["number"], goal.facts["colour"], goal.draft_languages) == (4, "#C5192D", [])
    assert (use.facts, use.draft_languages) == ({"rank": 0}, ["ar", "es", "fr", "ru", "zh-hans"])
    assert (country.facts["iso2"], country.facts["un_member"]) == ("NA", True)
    assert "egalite" in get("themes", "equality-non-discrimination").search_text.split()


def test_files_win_over_what_nobody_edited(loaded, folder, get):
    edit(folder, "themes", "gender-equality", label="Gender", description="New.", labels={"fr": "Genre"})
    edit(folder, "official_use", "none", rank=1)
    report = load_vocabularies(folder)
    term = get("themes", "gender-equality")
    assert (term.labels, term.descriptions, term.draft_languages) == (
        {"en": "Gender", "fr": "Genre"},
        {"en": "New."},
        ["fr"],
    )
    assert "genre" in term.search_text.split()
    assert get("official_use", "none").facts == {"rank": 1}
    assert set(report.updated) == {"themes: gender-equality", "official_use: none"}


def test_what_an_editor_wrote_is_kept_and_reported(get):
    term = get("themes", "gender-equality")
    term.labels["fr"], term.edited_languages, term.draft_languages = "Mots d'un éditeur", ["fr"], ["ar"]
    term.facts, term.edited_fields = {"own": 1}, ["facts"]
    term.save()
    printed = run()
    term.refresh_from_db()
    assert (term.labels["fr"], term.facts) == ("Mots d'un éditeur", {"own": 1})
    assert "fr" not in term.draft_languages
    assert "es" in term.draft_languages
    assert "kept as editors set it, the file differs: themes: gender-equality (facts, labels.fr)" in printed


def test_terms_that_the_files_no_longer_have_are_reported_and_stay(loaded, folder, get):
    path = folder / "themes.json"
    path.write_text(json.dumps(json.loads(path.read_text())[1:]))
    gone = get("themes", "equality-non-discrimination")
    assert "not in the files: themes: equality-non-discrimination" in run(folder=folder)
    gone.refresh_from_db()
    assert not gone.retired


def test_a_retired_term_stays_retired(get):
    retire_term(get("themes", "gender-equality"))
    load_vocabularies()
    assert get("themes", "gender-equality").retired


def test_a_country_that_moves_is_announced(loaded, folder, get):
    moves = []

    def listen(term, old_parent_id, **_kwargs):
        moves.append((term.code, Term.objects.get(pk=old_parent_id).code))

    term_moved.connect(listen)
    edit(folder, "countries", "ken", regions=["africa", "northern-africa"])
    try:
        report = load_vocabularies(folder)
    finally:
        term_moved.disconnect(listen)
    assert moves == [("ken", "eastern-africa")]
    assert report.moved == ["countries: ken"]
    terms = current_terms()
    ken = terms.find("countries", "ken")
    assert [row.code for row in terms.ancestors(ken.id)] == ["northern-africa", "africa"]


def test_a_parent_that_an_editor_chose_is_kept(get, folder):
    ken = get("countries", "ken")
    ken.parent, ken.edited_fields = get("m49_regions", "northern-africa"), ["parent"]
    ken.save()
    report = load_vocabularies()
    assert report.kept == {"countries: ken": ["parent"]}
    assert not report.changed
