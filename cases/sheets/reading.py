"""From a file to records: .xlsx, .csv and .json. Whatever is wrong with a file is told at its place."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from cases.exchange.drafts.importing import Records
from cases.exchange.drafts.targets import RawRecord, Report
from cases.exchange.problems import ExchangeError, Place, at_most
from cases.sheets import packages
from cases.sheets.cells import CELL_LENGTH, CellError
from cases.sheets.refusals import in_column, refuse, row_of
from cases.sheets.tables import MOST_COLUMNS, MOST_ROWS, Row, records
from cases.sheets.workbook import META, SHEETS, VERSION
from cases.term_fields import Kind

MEGABYTE: Final = 1024 * 1024
LARGEST_FILE: Final = 25 * MEGABYTE
ENDINGS: Final = (".xlsx", ".csv", ".json")
DELIMITERS: Final = (";", ",", "\t")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GAP: Final = 100_000
"""Empty rows that a sheet may claim between two others."""


def records_of(path: Path, file: str, kind: Kind) -> Records:
    """A function that reads the file from its beginning; `file` is what people call it."""

    def read(report: Report) -> Iterator[RawRecord]:
        try:
            _check_size(path, file)
            yield from _READERS[_ending(file)](path, file, kind, report)
        except ExchangeError as error:
            report.problems += error.problems

    return read


def _ending(file: str) -> str:
    ending = Path(file).suffix.lower()
    if ending not in _READERS:
        raise refuse(file, _("ends in %(value)s") % {"value": ending or _("nothing")}, ", ".join(ENDINGS))
    return ending


def _check_size(path: Path, file: str) -> None:
    size = path.stat().st_size
    if not size:
        raise refuse(file, _("is empty"), _("a file with records"))
    if size > LARGEST_FILE:
        allowed = _("at most %(number)s MB; part it") % {"number": LARGEST_FILE // MEGABYTE}
        raise refuse(file, _("has %(number)s MB") % {"number": -(-size // MEGABYTE)}, allowed)


def _json(path: Path, file: str, _kind: Kind, report: Report) -> Iterator[RawRecord]:
    number = 0
    for number, raw in enumerate(_elements(path.read_bytes(), file), 1):
        if number > MOST_ROWS:
            raise refuse(file, _("holds too many rows"), at_most(MOST_ROWS))
        key = raw.get("id") if isinstance(raw, dict) else None
        name = _("record %(number)s") % {"number": number}
        name = f"{name} “{key[:60]}”" if isinstance(key, str) else name
        place = Place(file, name, report.problems)
        if isinstance(raw, dict):
            yield RawRecord(place, raw)
        else:
            place.wrong("", _("is no object"), _("an object with the keys of a record"))


def _elements(data: bytes, file: str) -> Iterator[Any]:
    """The elements of a list, decoded one after the other."""
    decoder = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_once)
    try:
        text = data.decode(json.detect_encoding(data))
        at = _after_space(text, 0)
        if text[at : at + 1] != "[":
            json.loads(text)
            raise refuse(file, _("holds no list"), _("a JSON list of records"))
        at = _after_space(text, at + 1)
        while text[at : at + 1] != "]":
            element, at = decoder.raw_decode(text, at)
            yield element
            at = _after_space(text, at)
            if text[at : at + 1] == ",":
                at = _after_space(text, at + 1)
                if text[at : at + 1] == "]":
                    raise ValueError(f"a comma before the end of the list, character {at}")
            elif text[at : at + 1] != "]":
                raise ValueError(f"no comma after an element, character {at}")
        if _after_space(text, at + 1) < len(text):
            raise ValueError(f"more after the end of the list, character {at + 1}")
    except ExchangeError:
        raise
    except (ValueError, RecursionError) as error:
        raise refuse(file, _("is not JSON") + f" ({str(error)[:200]})", _("a JSON list of records")) from error


def _after_space(text: str, at: int) -> int:
    while text[at : at + 1] and text[at] in " \t\r\n":
        at += 1
    return at


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, _value in pairs if sum(key == other for other, _v in pairs) > 1)
        raise ValueError(f"the key {twice[:60]!r} stands twice in one object")
    return found


def _csv(path: Path, file: str, kind: Kind, report: Report) -> Iterator[RawRecord]:
    text, encoding = _decode(path.read_bytes(), file)
    delimiter = _delimiter(text)
    name = {";": _("semicolon"), ",": _("comma"), "\t": _("tab")}[delimiter]
    report.notes.append(_("Read as %(encoding)s, parted by %(sign)s.") % {"encoding": encoding, "sign": name})
    yield from records(_csv_rows(text, delimiter, file), kind, file, "", report)


def _decode(data: bytes, file: str) -> tuple[str, str]:
    """The text, and the encoding in which it was. What cannot be told apart is cp1252, as old spreadsheets write."""
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "") or _bare_utf16(data)
    for candidate in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            text = data.decode(candidate)
        except UnicodeError:
            continue
        if "\0" in text:
            raise refuse(file, _("holds the invisible character %(sign)s") % {"sign": "U+0000 NULL"}, "UTF-8")
        return text, candidate
    raise refuse(file, _("is in no encoding that can be read"), "UTF-8, UTF-16, Windows-1252")


def _bare_utf16(data: bytes) -> str:
    """UTF-16 without its mark: every second byte of the heading is nothing."""
    head = data[:200]
    if b"\0" not in head:
        return ""
    if not any(head[1::2]):
        return "utf-16-le"
    return "" if any(head[::2]) else "utf-16-be"


def _delimiter(text: str) -> str:
    """The sign that parts most of the heading."""
    heading = next((line for line in text.splitlines()[:20] if "id" in line or "reference" in line), "")
    return max(DELIMITERS, key=heading.count)


def _csv_rows(text: str, delimiter: str, file: str) -> Iterator[Row]:
    # The limit is the whole process's: it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST_FILE))
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            _check_width(cells, file, number)
            yield number, cells
    except csv.Error as error:
        found = _("cannot be read") + f" ({error})"
        raise refuse(file, found, _("comma-separated values"), row_of(number + 1)) from error


def _check_width(cells: Sequence[Any], file: str, number: int, sheet: str = "") -> None:
    place = row_of(number, sheet)
    if len(cells) > MOST_COLUMNS:
        raise refuse(file, _("has %(number)s columns") % {"number": len(cells)}, at_most(MOST_COLUMNS), place)
    for at, cell in enumerate(cells, 1):
        if isinstance(cell, str) and len(cell) > CELL_LENGTH:
            found = _("has %(number)s characters") % {"number": len(cell)}
            raise refuse(file, found, at_most(CELL_LENGTH), f"{place}, {in_column(get_column_letter(at))}")


def _xlsx(path: Path, file: str, kind: Kind, report: Report) -> Iterator[RawRecord]:
    packages.inspect(path, file)
    # Opened here: by its path openpyxl would ask for an ending, which the stored copy does not have.
    with path.open("rb") as stream:
        try:
            book = load_workbook(stream, read_only=True, keep_links=False)
            sheet = _sheet(book, kind, file)
            merged = packages.has_merged_cells(path, sheet._worksheet_path)
        except ExchangeError:
            raise
        except Exception as error:  # a hostile file can make openpyxl raise anything
            raise packages.broken(file) from error
        if merged:
            allowed = _("one cell for each value: part the joined ones")
            raise refuse(file, _("has joined cells"), allowed, sheet.title)
        yield from records(_xlsx_rows(sheet, file, report), kind, file, sheet.title, report)


def _sheet(book: Any, kind: Kind, file: str) -> Any:
    """The sheet of this kind; of a workbook that is not the template's, the first one."""
    if META in book.sheetnames:
        values = {
            row[0]: row[1] for row in book[META].iter_rows(values_only=True, max_col=2, max_row=10) if len(row) > 1
        }
        version, found = values.get("version"), values.get("kind")
        if isinstance(version, int | float) and version > VERSION:
            raise refuse(file, _("is of version %(version)s of the template") % {"version": version}, f"≤ {VERSION}")
        if found in SHEETS and found != kind:
            raise refuse(file, _("is a sheet of the kind %(kind)s") % {"kind": found}, kind)
    names = [name for name in book.sheetnames if name == SHEETS[kind]] or book.sheetnames[:1]
    sheet = book[names[0]] if names else None
    if sheet is None or not hasattr(sheet, "iter_rows"):
        raise refuse(file, _("has no sheet with rows"), packages.PLAIN)
    return sheet


def _xlsx_rows(sheet: Any, file: str, report: Report) -> Iterator[Row]:
    """The rows with their numbers. What a sheet says of its own size is not believed."""
    sheet.reset_dimensions()
    rows, number, empty = iter(sheet.iter_rows()), 0, 0
    while True:
        try:
            row = next(rows)
            cells = [_value(cell) for cell in row[: MOST_COLUMNS + 1]]
        except StopIteration:
            return
        except Exception as error:  # as above: damage shows only when the part is read
            raise packages.broken(file) from error
        number += 1
        empty = 0 if any(cell is not None for cell in cells) else empty + 1
        if empty > _GAP:
            found = _("claims %(number)s empty rows") % {"number": _GAP}
            raise refuse(file, found, _("rows that follow each other"), sheet.title)
        if cells:
            _note_errors(cells, Place(file, row_of(number, sheet.title), report.problems))
            _check_width(cells, file, number, sheet.title)
        yield number, [None if isinstance(cell, CellError) else cell for cell in cells]


def _value(cell: Any) -> Any:
    kind = getattr(cell, "data_type", "n")
    if kind == "f":
        return CellError(_("holds a formula"), _("its value: copy and paste it as a value"))
    if kind == "e":
        return CellError(_("holds the error %(value)s") % {"value": str(cell.value)[:20]}, _("a value"))
    return cell.value


def _note_errors(cells: Sequence[Any], place: Place) -> None:
    for at, cell in enumerate(cells, 1):
        if isinstance(cell, CellError):
            place.wrong(in_column(get_column_letter(at)), str(cell), cell.allowed)


_READERS: Final = {".xlsx": _xlsx, ".csv": _csv, ".json": _json}
