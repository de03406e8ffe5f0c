"""The demo content: everything in the files is on the site, once, and a faulty file loads nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

import pytest

from accounts.models import User
from cases.covers import draw
from cases.gates import gaps
from cases.models import CaseStudyPage, CountryTeam, EntryPage, MethodPage, Organisation
from cases.workflow import Step, status
from core.visibility import findable
from home.demo import FOLDER, load_demo
from tests.factories.records import as_record, records


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.mark.once
def test_everything_in_the_files_is_on_the_site_once(repository: None, settings: Any) -> None:
    first = load_demo()
    assert (CaseStudyPage.objects.filter(original=None, live=True).count(), len(first.entries.created)) == (36, 92)
    assert MethodPage.objects.filter(original=None, live=True).count() == 14
    check_every_key_of_every_record()
    check_teams()
    check_covers(Path(settings.MEDIA_ROOT))
    check_story()
    check_second_run_changes_nothing()
    check_addresses_and_accounts_are_printed()


def check_every_key_of_every_record() -> None:
    for name in ("cases.json", "methods.json"):
        for record in records(name):
            page = EntryPage.objects.get(external_id=record["id"], original=None).specific
            stored, expected = as_record(page), normal(record)
            assert {key: stored.get(key, "lacks it") for key in expected} == expected
            assert stored["translations"] == expected.get("translations", {})
            assert (gaps(page), page.owner_reviewed) == ([], False)


def normal(record: dict[str, Any]) -> dict[str, Any]:
    """The record as pages keep it: what has no order in order, a tool with its licence in one text."""
    record = {**record}
    if "tags" in record:
        record["tags"] = sorted(tag.casefold() for tag in record["tags"])
    if "basis" in record:
        record["basis"] = {word: sorted(record["basis"].get(word, [])) for word in ("verified", "general")}
    if "tools" in record:
        record["tools"] = [f"{tool['name']} ({tool['licence']})" for tool in record["tools"]]
    if "related_cases" in record:
        record["related_cases"] = sorted(record["related_cases"])
    return record


def check_teams() -> None:
    for page in CaseStudyPage.objects.filter(original=None, live=True):
        countries = page.chosen("countries")
        assert page.team.code == (countries[0].code if len(countries) == 1 else "international")
        assert page.get_parent().specific.team == page.team
    assert set(MethodPage.objects.values_list("team__code", flat=True)) == {"international"}
    translation = EntryPage.objects.get(original__external_id="egypt-harassmap")
    assert translation.get_url_parts()[2] == "/ar/teams/egy/egypt-harassmap/"
    assert translation.reference == translation.original.reference


def check_covers(media: Path) -> None:
    for page in CaseStudyPage.objects.filter(original=None, live=True).select_related("cover"):
        levels = page.levels()
        assert page.cover.people_consent == "no-people"
        assert page.cover.collection == page.team.collection
        assert len(page.cover.description) <= 255
        assert all(f" {level}" in page.cover.description for level in levels.values())
        assert (page.cover.width, page.cover.height) == (1600, 900)
    assert draw({"design": 4}) != draw({"design": 5}) != draw({})
    assert draw({"design": 4}) == draw({"design": 4})
    assert len(list(media.rglob("levels-*.png"))) >= 36


def check_story() -> None:
    draft = EntryPage.objects.get(external_id="example-draft").specific
    expert = User.objects.get(email="expert-ken@example.org")
    assert (draft.live, draft.owner, draft.team.code) == (False, expert, "ken")
    assert gaps(draft)
    assert draft not in findable(EntryPage.objects.all())
    submission = EntryPage.objects.get(external_id="example-submission").specific
    assert gaps(submission) == []
    assert submission.title.startswith("Example")
    assert status(submission).step is Step.SUBMITTED
    assert submission not in findable(EntryPage.objects.all())
    assert [group.name for group in expert.groups.all()] == ["team:ken"]


def check_second_run_changes_nothing() -> None:
    def state() -> list[Any]:
        pages = EntryPage.objects.order_by("pk").values_list("pk", "latest_revision", "last_published_at", "cover")
        return [*pages, Organisation.objects.count(), CountryTeam.objects.count(), User.objects.count()]

    before = state()
    second = load_demo()
    assert not second.changed
    assert len(second.entries.unchanged) == 92
    assert state() == before


def check_addresses_and_accounts_are_printed() -> None:
    out = StringIO()
    call_command("load_demo", stdout=out)
    assert "nothing changed" in out.getvalue()
    assert "http://testserver/en/search/?q=survey&country=ken" in out.getvalue()
    for name in ("expert-ken", "lead-ken", "reviewer", "editor", "editor2", "ethics", "admin"):
        assert f"{name}@example.org" in out.getvalue()


def test_refused_outside_demo_settings(repository: None, settings: Any) -> None:
    settings.DEMO_ACCOUNTS = False
    with pytest.raises(CommandError, match=r"config\.settings\.demo"):
        call_command("load_demo")
    assert not User.objects.exists()


Change = Callable[[dict[str, Any], dict[str, Any]], Any]


def put(key: str, value: Any) -> Change:
    """A fault in the case: another value of a key."""
    return lambda case, _method: case.update({key: value})


def put_method(key: str, value: Any) -> Change:
    return lambda _case, method: method.update({key: value})


CASE, METHOD = "malawi-community-score-card", "community-score-card"
FAULTS: dict[str, tuple[Change, str, str, str]] = {
    # what is wrong: the change, then the file, the field and an allowed value that must be named
    "unknown key": (put("themse", []), "cases.json", "themse", "themes"),
    "unknown theme": (put("themes", ["helth"]), "cases.json", "themes[1]", "allowed: health,"),
    "too many themes": (
        put("themes", ["health", "education", "energy", "youth", "ageing", "air-quality"]),
        "cases.json", "themes", "at most 5",
    ),
    "no theme": (put("themes", []), "cases.json", "themes", "at least 1"),
    "twice the same": (put("themes", ["health", "health"]), "cases.json", "themes", "each value once"),
    "missing key": (lambda case, _m: case.pop("consent_basis"), "cases.json", "consent_basis", "individual-written"),
    "unknown country": (put("country", ["KEM"]), "cases.json", "country[1]", "ken"),
    "a region as country": (put("country", ["africa"]), "cases.json", "country[1]", "mwi"),
    "long summary": (put("summary", "x" * 301), "cases.json", "summary", "at most 300"),
    "empty section": (put("problem", "  "), "cases.json", "problem", "not empty"),
    "year as text": (put("start_year", "2020"), "cases.json", "start_year", "from 1900 to 2100"),
    "years in disorder": (
        lambda case, _m: case.update(start_year=2010, end_year=2009), "cases.json", "end_year", "2010 or later",
    ),
    "unknown stage": (put("stages", {"desing": "partnership"}), "cases.json", "stages.desing", "design"),
    "unknown level": (put("stages", {"design": "high"}), "cases.json", "stages.design", "self-determination"),
    "score too high": (
        put("quality", {"relevance": {"score": 5, "note": ""}}),
        "cases.json", "quality.relevance.score", "from 0 to 4",
    ),
    "unknown role": (
        put("partners", [{"name": "A", "type": "academia", "role": "boss", "role_note": ""}]),
        "cases.json", "partners[1].role", "funder",
    ),
    "two types of one organisation": (
        lambda case, _m: case["partners"].append(
            {"name": case["lead_organisation"]["name"].upper(), "type": "individual", "role": "funder"}
        ),
        "cases.json", ".type", "the same type",
    ),
    "unknown goal": (put("sdgs", [18]), "cases.json", "sdgs[1]", "17"),
    "target without its goal": (put("targets", ["14.1"]), "cases.json", "targets", "3"),
    "no target": (put("targets", ["x"]), "cases.json", "targets", "17.18"),
    "unknown provision": (put("rights_provisions", ["udhr:99"]), "cases.json", "rights_provisions", "1 to 30"),
    "mark without reason": (
        lambda case, _m: case.update(sensitive=True, sensitive_reason=None),
        "cases.json", "sensitive_reason", "a sentence",
    ),
    "flag as text": (put("sensitive", "yes"), "cases.json", "sensitive", "true, false"),
    "unknown language": (put("translations", {"de": {}}), "cases.json", "translations.de", "fr"),
    "translation without title": (
        put("translations", {"fr": {"summary": "Résumé"}}), "cases.json", "translations.fr.title", "a text",
    ),
    "basis of no field": (put("basis", {"verified": ["problems"]}), "cases.json", "basis", "problem"),
    "unknown basis": (put("basis", {"guessed": []}), "cases.json", "basis.guessed", "verified, general"),
    "unknown related case": (put_method("related_cases", ["none"]), "methods.json", "related_cases[1]", CASE),
    "id used twice": (put_method("id", CASE), "methods.json", "id", "no other record"),
    "translated steps": (
        lambda _c, method: method["translations"]["fr"]["steps"].pop(),
        "methods.json", "translations.fr.steps", "6, as in the original",
    ),
    "number as a term": (put_method("participation_level", 4), "methods.json", "participation_level", "partnership"),
}  # fmt: skip


def write_folder(folder: Path, change: Change) -> None:
    case, method = records("cases.json", CASE)[0], records("methods.json", METHOD)[0]
    method["related_cases"] = [CASE]
    change(case, method)
    for name, record in (("cases.json", case), ("methods.json", method)):
        (folder / name).write_text(json.dumps([record]), encoding="utf-8")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_file_names_place_and_allowed_values_and_loads_nothing(
    fault: str, repository: None, tmp_path: Path
) -> None:
    change, file, field, allowed = FAULTS[fault]
    write_folder(tmp_path, change)
    with pytest.raises(CommandError) as caught:
        call_command("load_demo", folder=tmp_path)
    lines = [line for line in str(caught.value).splitlines() if line.startswith(file) and field in line]
    assert lines, caught.value
    assert "record 1 “" in lines[0]
    assert allowed in lines[0]
    assert not EntryPage.objects.exists()
    assert not Organisation.objects.exists()
    assert not CountryTeam.objects.filter(code="mwi").exists()
    assert not User.objects.exists()


def test_all_faults_are_told_at_once(repository: None, tmp_path: Path) -> None:
    write_folder(tmp_path, lambda case, method: (case.update(status="old"), method.update(maturity="ripe")))
    with pytest.raises(CommandError, match=r"2 problem\(s\)") as caught:
        call_command("load_demo", folder=tmp_path)
    assert "cases.json, record 1 “malawi-community-score-card”, status" in str(caught.value)
    assert "methods.json, record 1 “community-score-card”, maturity" in str(caught.value)


@pytest.mark.parametrize("text", ["{", "{}", "\udcff"])
def test_a_file_that_is_no_list_of_records_is_named(text: str, repository: None, tmp_path: Path) -> None:
    write_folder(tmp_path, put("status", "ongoing"))
    (tmp_path / "cases.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(CommandError, match=r"cases\.json.*a JSON list of records"):
        call_command("load_demo", folder=tmp_path)


def test_the_folder_of_the_demo_is_in_the_project() -> None:
    assert {path.name for path in FOLDER.glob("*.json")} == {"cases.json", "methods.json"}
