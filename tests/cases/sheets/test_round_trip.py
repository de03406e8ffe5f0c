"""What an export writes, an import reads: the same again, in every format and every language of the sheets."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from cases.exchange.markup import canonical, to_html, to_text
from cases.exchange.schema import DRAFT_SCHEMAS, Field
from cases.models import CaseStudyPage, EntryPage, Organisation, Tag
from cases.models.parts.ethics import PRIVATE_FIELDS
from cases.sheets.cells import from_cell, guard, to_cell, unguard
from cases.sheets.columns import MARK, columns
from cases.sheets.help import sheet_languages
from cases.sheets.workbook import SHEETS
from tests.factories.entries import make_case, make_team, translate
from tests.factories.records import records
from tests.factories.rows import fill_rows

TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Co", "Cn"]), max_size=60)


def bring(path: Path, **options: Any) -> str:
    out, err = StringIO(), StringIO()
    try:
        call_command("import_cases", str(path), team="ken", stdout=out, stderr=err, **options)
    except CommandError as error:
        raise AssertionError(err.getvalue()) from error
    return out.getvalue()


def take(path: Path, **options: Any) -> bytes:
    call_command("export_cases", format=path.suffix[1:], output=path, stdout=StringIO(), **options)
    return path.read_bytes()


def wipe() -> None:
    for page in [*EntryPage.objects.exclude(original=None), *EntryPage.objects.filter(original=None)]:
        page.delete()
    Organisation.objects.all().delete()
    Tag.objects.all().delete()


@pytest.mark.usefixtures("repository")
class TestFiles:
    @pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
    def test_an_export_read_on_a_clean_site_gives_the_same_export(self, form: str, tmp_path: Path) -> None:
        source = tmp_path / "in.json"
        names = ("kenya-cgd-quality-criteria", "malawi-community-score-card", "tunisia-albawsala-marsad-baladia")
        known = {record["id"]: record for record in records("cases.json")}
        chosen = [known[name] for name in names if name in known]
        tricky = {
            "title": "=1+1",
            "places": ["- minus", "@home", "'quoted"],
            "tags": ["+plus"],
            "advice": "**b** *i*\n\n- x",
        }
        source.write_text(json.dumps([{**chosen[0], **tricky}, *chosen[1:]]), encoding="utf-8")
        bring(source)
        first = take(tmp_path / "first.json")
        file = tmp_path / f"all.{form}"
        take(file, language="ar")
        assert f"{len(chosen)} unchanged" in bring(file)
        wipe()
        bring(file)
        assert take(tmp_path / "again.json") == first
        assert {code for record in json.loads(first) for code in record["translations"]} >= {
            "fr",
            "es",
            "ar",
            "ru",
            "zh-hans",
        }

    def test_json_gives_every_key_of_the_facts_back(self, tmp_path: Path) -> None:
        raws = sorted(records("cases.json")[:6], key=lambda raw: raw["id"])
        (tmp_path / "in.json").write_text(json.dumps(raws), encoding="utf-8")
        bring(tmp_path / "in.json")
        for raw, found in zip(raws, json.loads(take(tmp_path / "out.json")), strict=True):
            for key in set(raw) - {"tags", "basis", "translations"}:
                assert found[key] == raw[key], key
            assert sorted(found["tags"]) == sorted(raw["tags"])

    def test_nothing_private_leaves(self, tmp_path: Path) -> None:
        case = make_case(make_team("ken"), risk_assessment="who could be hurt")
        fill_rows(case, 2)
        case.save_revision()
        assert b"who could be hurt" not in take(tmp_path / "out.json")
        assert not set(PRIVATE_FIELDS) & {field.key for field in DRAFT_SCHEMAS["case"]}

    def test_what_sheets_cannot_hold_stays_as_it_is(self, tmp_path: Path) -> None:
        case = make_case(make_team("ken"), problem=f"<p>{'x' * 33_000}</p>")
        case.story = [("heading", "A heading")]
        case.save_revision()
        take(tmp_path / "all.xlsx")
        assert "1 unchanged" in bring(tmp_path / "all.xlsx")

    def test_references_update_the_entries_of_this_site(self, tmp_path: Path) -> None:
        case = make_case(make_team("ken"))
        translate(case, "fr")
        take(tmp_path / "all.csv", references=True)
        rows = list(csv.reader(StringIO((tmp_path / "all.csv").read_text("utf-8-sig"))))
        assert rows[1][rows[0].index("reference")] == case.reference
        rows[1][rows[0].index("title")] = "Changed in a sheet"
        with (tmp_path / "changed.csv").open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream, delimiter=";").writerows(rows)
        assert "1 updated" in bring(tmp_path / "changed.csv")
        assert CaseStudyPage.objects.get(pk=case.pk).draft_title == "Changed in a sheet"

    def test_an_unknown_team_is_refused_with_the_list(self, tmp_path: Path) -> None:
        (tmp_path / "in.json").write_text("[]")
        with pytest.raises(CommandError, match=r"'xyz'.*Teams: .*ken, uga"):
            call_command("import_cases", str(tmp_path / "in.json"), team="xyz")

    def test_a_dry_run_writes_nothing_and_reports_as_json(self, tmp_path: Path) -> None:
        (tmp_path / "in.json").write_text(json.dumps(records("cases.json", "malawi-community-score-card")))
        report = json.loads(bring(tmp_path / "in.json", dry_run=True, json=True))
        assert (report["created"], report["written"], report["dry_run"]) == (1, False, True)
        assert not CaseStudyPage.objects.exists()

    @pytest.mark.parametrize("language", sheet_languages())
    def test_a_template_can_be_filled_in(self, language: str, tmp_path: Path) -> None:
        path = tmp_path / "t.xlsx"
        call_command("make_template", language=language, output=path, stdout=StringIO())
        book = load_workbook(path)
        sheet = book[SHEETS["case"]]
        assert sheet.sheet_view.rightToLeft is (language == "ar")
        keys = [cell.value for cell in sheet[1]]
        assert all(str(sheet.cell(row, 1).value).startswith(MARK) for row in range(1, 5))
        offers = {str(offer.formula1) for offer in sheet.data_validations.dataValidation}
        assert "'v_themes'" not in "".join(offers)
        assert any(offer.startswith("'v_project_status'!") for offer in offers)
        assert book["v_project_status"].sheet_state == "hidden"
        values = {
            "id": "from-a-template",
            "title": "Título",
            "themes": "health, education",
            "stages.design": "partnership",
        }
        label = book["v_project_status"]["B1"].value
        values["status"] = label
        for key, value in values.items():
            sheet.cell(5, keys.index(key) + 1).value = value
        book.save(path)
        assert "1 created" in bring(path)
        case = CaseStudyPage.objects.get()
        assert case.chosen_one("status").label(language) == label
        assert [term.code for term in case.chosen("themes")] == ["health", "education"]
        assert case.levels() == {"design": 4}


@given(TEXTS)
def test_any_text_passes_through_a_cell(text: str) -> None:
    leaf = Field("title", "line", "")
    assert from_cell(leaf, to_cell(leaf, text.strip())) == (text.strip() or None)
    assert unguard(guard(text)) == text


@given(st.lists(TEXTS.map(str.strip).filter(bool), min_size=1, max_size=5))
def test_any_lines_pass_through_a_cell(lines: list[str]) -> None:
    leaf = Field("places", "lines", "")
    lines = [" ".join(line.split()) for line in lines]
    assert from_cell(leaf, to_cell(leaf, lines)) == lines


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=80), st.sampled_from(["p", "h4", "b", "i"]))
def test_any_rich_text_passes_through_markup(text: str, tag: str) -> None:
    from django.utils.html import escape

    inner = escape(text)
    html = f"<p>a {f'<{tag}>{inner}</{tag}>' if tag in 'bi' else inner}</p>"
    assert to_html(to_text(html)) == canonical(html)
    assert to_text(to_html(to_text(html))) == to_text(html)


@pytest.mark.usefixtures("repository")
def test_no_column_is_there_twice() -> None:
    for kind in ("case", "method"):
        paths = [column.path for column in columns(kind)]
        assert len(set(paths)) == len(paths)
