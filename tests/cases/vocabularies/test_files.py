"""Broken vocabulary files: each error names file, record, field and what is allowed, and nothing is loaded."""

from __future__ import annotations

import json
import shutil

from django.core.management import CommandError, call_command

import pytest

from cases.models import Term
from cases.vocabularies.errors import VocabularyFilesError
from cases.vocabularies.files import FOLDER, read_files


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "vocabularies")


def change(folder, name, edit):
    path = folder / f"{name}.json"
    entries = json.loads(path.read_text())
    edit(entries)
    path.write_text(json.dumps(entries))


def problems(folder):
    with pytest.raises(VocabularyFilesError) as caught:
        read_files(folder)
    return [str(problem) for problem in caught.value.problems]


def test_the_projects_own_files_are_read_whole():
    records = read_files()
    keys = [record.key for record in records]
    assert len(keys) == len(set(keys)) == 665
    assert next(record.parent for record in records if record.code == "ken") == ("m49_regions", "eastern-africa")


@pytest.mark.parametrize(
    ("name", "index", "edit", "parts"),
    [
        ("themes", 0, {"code": "Not Kebab"}, ["themes.json", "record 1", "code", "single hyphens"]),
        ("themes", 1, {"label": ""}, ["themes.json", "record 2", "label", "not empty"]),
        ("themes", 0, {"label": 7}, ["themes.json", "label: is 7", "not empty"]),
        ("themes", 0, {"description": []}, ["themes.json", "description", "allowed: text"]),
        ("themes", 0, {"labels": {"xx": "Y"}}, ["themes.json", "labels", '"xx"', "fr, es, ar, ru, zh-hans"]),
        ("themes", 0, {"labels": {"fr": " "}}, ["themes.json", "labels.fr", "not empty"]),
        ("themes", 0, {"labels": []}, ["themes.json", "labels", "an object with labels by language"]),
        ("themes", 0, {"label_status": "final"}, ["themes.json", "label_status", "draft"]),
        ("themes", 0, {"colour": "red"}, ["themes.json", "colour: is no known key", "code, description, label"]),
        ("official_use", 2, {"rank": 9}, ["official_use.json", "record 3", "rank: is 9", "from 0 to 6"]),
        ("official_use", 2, {"rank": True}, ["official_use.json", "rank: is true", "from 0 to 6"]),
        ("sdgs", 3, {"colour": "green"}, ["sdgs.json", "“sdg-04”", "colour", "#E5243B"]),
        ("sdgs", 3, {"number": 18}, ["sdgs.json", "number: is 18", "from 1 to 17"]),
        (
            "participation_levels",
            0,
            {"sufficient_for_citizen_data": "no"},
            ["sufficient_for_citizen_data", "true or false"],
        ),
        (
            "quality_dimensions",
            0,
            {"level": "data"},
            ["quality_dimensions.json", "level", "output, process, institution"],
        ),
        ("rights_instruments", 0, {"kind": "law"}, ["rights_instruments.json", "kind", "treaty, declaration"]),
        ("rights_instruments", 0, {"provisions": 0}, ["provisions: is 0", "from 1, or null"]),
        ("countries", 0, {"iso2": "afg"}, ["countries.json", "“afg”", "iso2", "KE"]),
        ("countries", 0, {"code": "abc"}, ["countries.json", "code", "iso3 in small letters"]),
        ("countries", 0, {"regions": []}, ["countries.json", "regions", "a list of the codes of regions"]),
        (
            "countries",
            0,
            {"regions": ["atlantis"]},
            ["countries.json", "“afg”", "regions", "atlantis", "southern-asia"],
        ),
        (
            "countries",
            0,
            {"regions": ["europe", "southern-asia"]},
            ["“afg”", "regions", "allowed: asia > southern-asia"],
        ),
        ("m49_regions", 1, {"parent": "nowhere"}, ["m49_regions.json", "parent", "nowhere", "eastern-africa"]),
    ],
)
def test_a_wrong_value_is_named_with_its_place(folder, name, index, edit, parts):
    change(folder, name, lambda entries: entries[index].update(edit))
    found = problems(folder)
    assert any(all(part in problem for part in parts) for problem in found), found


def test_missing_keys_and_second_codes_are_named(folder):
    change(folder, "themes", lambda entries: entries[0].pop("label"))
    change(folder, "official_use", lambda entries: entries[1].pop("rank"))
    change(folder, "licences", lambda entries: entries.append(dict(entries[0])))
    found = problems(folder)
    assert any("themes.json" in problem and "label: is missing" in problem for problem in found)
    assert any("official_use.json" in problem and "rank: is missing" in problem for problem in found)
    assert any("licences.json" in problem and "for the second time" in problem for problem in found)


def test_regions_in_a_circle_are_refused(folder):
    def circle(entries):
        regions = {entry["code"]: entry for entry in entries}
        regions["africa"]["parent"] = "eastern-africa"

    change(folder, "m49_regions", circle)
    assert any("m49_regions.json, “africa”, parent: stands under itself" in problem for problem in problems(folder))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("[", "is not JSON"), ('{"code": "a"}', "holds"), ('["a"]', "an object with the keys of a term")],
)
def test_a_file_of_another_shape_is_named(folder, text, expected):
    (folder / "themes.json").write_text(text)
    assert any("themes.json" in problem and expected in problem for problem in problems(folder))


def test_missing_and_unknown_files_are_named_with_the_known_ones(folder):
    (folder / "themes.json").rename(folder / "topics.json")
    missing, unknown = sorted(problems(folder))
    assert missing.startswith("themes.json: is missing")
    assert unknown.startswith("topics.json: is no known vocabulary")
    assert "themes" in unknown


def test_the_command_refuses_the_lot_and_loads_nothing(folder, no_terms):
    change(folder, "official_use", lambda entries: entries[0].update(rank=7))
    with pytest.raises(CommandError, match=r"(?s)Nothing was loaded.*official_use.json, record 1.*rank: is 7.*0 to 6"):
        call_command("load_vocabularies", folder=folder)
    assert not Term.objects.exists()


@pytest.mark.django_db
def test_the_command_names_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="there is no such folder"):
        call_command("load_vocabularies", folder=tmp_path / "none")
