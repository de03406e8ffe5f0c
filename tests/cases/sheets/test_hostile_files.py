"""Files that were made to harm, or are merely broken: each is refused in words, and leaves nothing behind."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from cases.exchange.drafts.importing import run
from cases.exchange.drafts.targets import Report, Target
from cases.models import EntryPage
from cases.sheets import packages
from cases.sheets.reading import records_of
from tests.factories.entries import make_team

pytestmark = pytest.mark.usefixtures("repository")
VARIANTS = 200


def bring(content: bytes, name: str, folder: Path) -> Report:
    path = folder / "in"
    path.write_bytes(content)
    before = EntryPage.objects.count()
    report = run(records_of(path, name, "case"), Target.of(make_team("ken"), "case"), name)
    assert EntryPage.objects.count() == before + (report.counts["created"] if report.good else 0)
    assert all(str(problem).startswith(name) for problem in report.problems)
    return report


def refused(content: bytes, name: str, folder: Path) -> str:
    report = bring(content, name, folder)
    assert not report.good
    return str(report.problems[0])


def sheet(*rows: Iterable[Any], change: Callable[[Any], object] = id) -> bytes:
    book = Workbook()
    book.active.title = "cases"
    for row in rows or (["id", "title"], ["one", "A title"]):
        book.active.append(list(row))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(content: bytes, parts: dict[str, bytes], replace: dict[str, tuple[bytes, bytes]] | None = None) -> bytes:
    """The workbook with parts added, or with bytes of a part replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if replace and name in replace:
                data = data.replace(*replace[name])
            new.writestr(name, data)
        for name, data in parts.items():
            new.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("part", "word"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/externalLinks/externalLink1.xml", "links to other workbooks"),
        ("xl/connections.xml", "connections"),
        ("xl/embeddings/oleObject1.bin", "embedded objects"),
    ],
)
def test_parts_that_act_are_refused(part: str, word: str, tmp_path: Path) -> None:
    assert word in refused(repacked(sheet(), {part: b"x"}), "in.xlsx", tmp_path)


def test_a_workbook_with_macros_is_refused_by_its_type(tmp_path: Path) -> None:
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    content = repacked(sheet(), {}, {"[Content_Types].xml": (plain, macro)})
    assert "macros" in refused(content, "in.xlsx", tmp_path)
    assert "ends in .xlsm" in refused(sheet(), "in.xlsm", tmp_path)


def test_zip_bombs_are_refused_before_they_are_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = repacked(sheet(), {"xl/worksheets/sheet9.xml": b"0" * 20_000_000})
    assert "packed too densely" in refused(bomb, "in.xlsx", tmp_path)
    many = repacked(sheet(), {f"xl/media/{number}": b"" for number in range(packages.MOST_PARTS)})
    assert "parts" in refused(many, "in.xlsx", tmp_path)
    monkeypatch.setattr(packages, "LARGEST", 1000)
    assert "too large when it is unpacked" in refused(sheet(), "in.xlsx", tmp_path)


def test_entities_are_refused(tmp_path: Path) -> None:
    lol = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol">]>'
    name = "xl/worksheets/sheet1.xml"
    content = repacked(sheet(), {}, {name: (b"<worksheet", lol + b"<worksheet")})
    assert "entities" in refused(content, "in.xlsx", tmp_path)


def test_a_protected_or_old_workbook_is_told_apart(tmp_path: Path) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
    assert "protected by a password" in refused(old, "in.xlsx", tmp_path)
    assert "no workbook" in refused(b"plainly not", "in.xlsx", tmp_path)
    assert "is empty" in refused(b"", "in.xlsx", tmp_path)


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0", "='[x.xlsx]S'!A1"])
def test_formulas_are_refused_with_their_place(formula: str, tmp_path: Path) -> None:
    text = refused(sheet(["id", "title"], ["one", formula]), "in.xlsx", tmp_path)
    assert "sheet “cases”, row 2, column B: holds a formula" in text


@pytest.mark.parametrize("text", ["=1+1", "+SUM(1)", "-cmd|x", "@SUM(1)", "＝1+1"])
def test_text_like_a_formula_is_refused_unless_it_is_guarded(text: str, tmp_path: Path) -> None:
    row = f'id;title\none;"{text}"\n'
    assert "looks like a formula" in refused(row.encode(), "in.csv", tmp_path)
    assert bring(row.replace(text, f"'{text}").encode(), "in.csv", tmp_path).good
    assert EntryPage.objects.get(external_id="one").title == text


def test_merged_cells_dates_errors_and_stray_values_are_named(tmp_path: Path) -> None:
    import datetime

    merged = sheet(change=lambda book: book.active.merge_cells("A2:B2"))
    assert "joined cells" in refused(merged, "in.xlsx", tmp_path)
    dated = sheet(["id", "title", "start_year"], ["one", "A", datetime.date(2020, 1, 1)])
    assert "column C, start_year: is the date" in refused(dated, "in.xlsx", tmp_path)
    number = sheet(["id", "title", "targets"], ["one", "A", 17.18])
    assert "column C, targets: is 17.18" in refused(number, "in.xlsx", tmp_path)
    stray = sheet(["id", "title"], ["one", "A", None, "stray"])
    assert "column D: has a value and no heading" in refused(stray, "in.xlsx", tmp_path)
    assert "holds the error #REF!" in refused(sheet(["id", "title"], ["one", "#REF!"]), "in.xlsx", tmp_path)


def test_headings_are_checked_by_name(tmp_path: Path) -> None:
    unknown = refused(sheet(["id", "titel"], ["one", "A"]), "in.xlsx", tmp_path)
    assert 'column B: "titel" is no known key; allowed: title, ' in unknown
    assert "is there twice" in refused(sheet(["id", "title", "title"], ["one", "A", "B"]), "in.xlsx", tmp_path)
    assert "use JSON" in refused(sheet(["id", "story"], ["one", "A"]), "in.xlsx", tmp_path)
    assert "no row of headings" in refused(sheet(["one", "A"]), "in.xlsx", tmp_path)
    assert "no known key" in refused(sheet(["id", "partners[1000].name"], ["a", "b"]), "in.xlsx", tmp_path)


def test_a_claimed_size_is_not_believed(tmp_path: Path) -> None:
    part = "xl/worksheets/sheet1.xml"
    claimed = repacked(sheet(), {}, {part: (b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"')})
    assert bring(claimed, "in.xlsx", tmp_path).good
    far = repacked(sheet(), {}, {part: (b'<row r="2"', b'<row r="1000000"')})
    assert "empty rows" in refused(far, "in.xlsx", tmp_path)


def test_cells_and_files_beyond_measure(tmp_path: Path) -> None:
    long = "id,title\none," + "x" * 10_000_000
    assert "column B: has 10000000 characters; allowed: at most 32767" in refused(long.encode(), "in.csv", tmp_path)
    wide = "id,title" + ",x" * 4000
    assert "columns" in refused(wide.encode(), "in.csv", tmp_path)
    assert "has 26 MB" in refused(b" " * (26 * 1024 * 1024), "in.json", tmp_path)


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("cp1252", "cp1252"),
    ],
)
@pytest.mark.parametrize(("delimiter", "name"), [(";", "semicolon"), (",", "comma"), ("\t", "tab")])
def test_encodings_and_delimiters_are_told(encoding: str, told: str, delimiter: str, name: str, tmp_path: Path) -> None:
    text = f"id{delimiter}title{delimiter}summary\ncafé-1{delimiter}Été{delimiter}à\n".replace("café-1", "cafe-1")
    report = bring(text.encode(encoding), "in.csv", tmp_path)
    assert (report.notes, report.good) == ([f"Read as {told}, parted by {name}."], True)
    assert EntryPage.objects.get(external_id="cafe-1").title == "Été"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"[1]", "is no object"),
        (b"{}", "holds no list"),
        (b'[{"id": "a", "start_year": NaN}]', "NaN"),
        (b'[{"id": "a", "start_year": Infinity}]', "Infinity"),
        (b'[{"id": "a", "id": "b"}]', "stands twice"),
        (b'[{"id": "a"},]', "comma before the end"),
        (b'[{"id": "a"}] x', "more after the end"),
        (b'[{"id": "a"', "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"\xff\xfe\xff", "is not JSON"),
        (b'[{"id": "a", "title": "\\u0000"}]', "U+0000"),
        (b'[{"id": "a", "title": "\\ud800"}]', "U+D800"),
        (b'[{"id": "a", "title": "\\u202e"}]', "U+202E"),
        (b'[{"id": "a", "start_year": 1e999}]', "start_year"),
        (b'[{"id": "a", "title": "x"}, {"id": "a", "title": "x"}]', "each id once"),
    ],
)
def test_json_that_is_none(content: bytes, word: str, tmp_path: Path) -> None:
    assert word in refused(content, "in.json", tmp_path)


def test_two_hundred_broken_variants_of_good_files(tmp_path: Path) -> None:
    small = sheet(["id", "title", "themes"], ["one", "A title", "health"])
    good = {
        "in.xlsx": small,
        "in.csv": b"id,title,themes\none,A title,health\n",
        "in.json": json.dumps([{"id": "one", "title": "A title", "themes": ["health"]}]).encode(),
    }
    chance = random.Random(20261124)
    for number in range(VARIANTS):
        name = ("in.xlsx", "in.xlsx", "in.csv", "in.json")[number % 4]
        report = bring(broken(good[name], chance), name, tmp_path)
        assert report.good or report.problems
        if report.good:
            EntryPage.objects.all().delete()


def broken(content: bytes, chance: random.Random) -> bytes:
    """The file cut off, with bytes turned, doubled, or put in from elsewhere."""
    data = bytearray(content)
    way = chance.randrange(4)
    if way == 0:
        return bytes(data[: chance.randrange(1, len(data))])
    if way == 1:
        for _n in range(chance.randrange(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(data)
    at = chance.randrange(len(data))
    if way == 2:
        return bytes(data[:at] + data[at // 2 : at] + data[at:])
    put_in = chance.choice([b"\0", b"\xff\xfe", b"\r", b'"', b"\xe2\x80\xae", b"<!DOCTYPE"])
    return bytes(data[:at] + put_in + data[at:])
