"""From the rows of a table, whatever file it was in, to records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from openpyxl.utils import get_column_letter

from cases.exchange.drafts.targets import RawRecord, Report
from cases.exchange.problems import Place, at_most, listed, shown
from cases.sheets.columns import MARK, NEVER, Column, Headings
from cases.sheets.refusals import in_column, refuse, row_of
from cases.sheets.rows import record_of_row
from cases.term_fields import Kind

HEADING_ROWS: Final = 10
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 3_000
KEYS: Final = ("id", "reference")

Row = tuple[int, Sequence[Any]]


def records(rows: Iterable[Row], kind: Kind, file: str, sheet: str, report: Report) -> Iterator[RawRecord]:
    """The records of a table; its first row with a known key is its heading. Raises `ExchangeError`."""
    numbered = iter(rows)
    heading, names = _heading(numbered, file, sheet)
    columns = _columns(names, kind, Place(file, _row(sheet, heading), report.problems))
    if not report.good:
        return
    letters = {column.path: get_column_letter(place + 1) for place, column in enumerate(columns) if column}
    used = [(place, column) for place, column in enumerate(columns) if column]
    mark = names.index(MARK) if MARK in names else None
    count = 0
    for number, cells in numbered:
        if _is_remark(cells, mark) or not any(_is_filled(cell) for cell in cells):
            continue
        count += 1
        if count > MOST_ROWS:
            raise refuse(file, _("holds too many rows"), at_most(MOST_ROWS), sheet)
        place = Place(file, _row(sheet, number, _key(used, cells)), report.problems, letters)
        _check_stray(place, columns, cells)
        values = [cells[at] if at < len(cells) else None for at, _column in used]
        yield RawRecord(place, record_of_row(place, [column for _at, column in used], values))


def _heading(rows: Iterator[Row], file: str, sheet: str) -> tuple[int, list[str]]:
    for number, cells in rows:
        names = [str(cell).strip() if isinstance(cell, str) else "" for cell in cells]
        if len(cells) > MOST_COLUMNS:
            raise refuse(file, _("has %(number)s columns") % {"number": len(cells)}, at_most(MOST_COLUMNS), sheet)
        if any(key in names for key in KEYS):
            return number, names
        if number >= HEADING_ROWS:
            break
    allowed = _("a row with the keys of the template, among them %(key)s") % {"key": KEYS[0]}
    raise refuse(file, _("has no row of headings"), allowed, sheet)


def _columns(names: Sequence[str], kind: Kind, place: Place) -> list[Column | None]:
    """The column of each heading. Unknown and repeated ones are faults; a heading may be missing over empty cells."""
    headings = Headings(kind)
    found: list[Column | None] = []
    for at, name in enumerate(names):
        column = headings.find(name) if name and name != MARK else None
        found.append(column)
        letter = get_column_letter(at + 1)
        if name and name != MARK and column is None:
            never = name.split(".")[-1] in NEVER
            allowed = _("sheets cannot hold it: use JSON") if never else listed(headings.known, name)
            place.wrong(in_column(letter), _("%(value)s is no known key") % {"value": shown(name)}, allowed)
        elif name and name != MARK and names.index(name) < at:
            twice = _("%(value)s is there twice") % {"value": shown(name)}
            place.wrong(in_column(letter), twice, _("each value once"))
    return found


def _is_remark(cells: Sequence[Any], mark: int | None) -> bool:
    if mark is not None and mark < len(cells) and _is_filled(cells[mark]):
        return True
    first = cells[0] if cells else None
    return isinstance(first, str) and first.lstrip().startswith(MARK) and not first.strip().startswith("#kept")


def _is_filled(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _key(used: Iterable[tuple[int, Column]], cells: Sequence[Any]) -> str:
    for at, column in used:
        if column.path in KEYS and at < len(cells) and _is_filled(cells[at]):
            return str(cells[at])[:60]
    return ""


def _row(sheet: str, number: int, key: str = "") -> str:
    where = row_of(number, sheet)
    return f"{where} “{key}”" if key else where


def _check_stray(place: Place, columns: Sequence[Column | None], cells: Sequence[Any]) -> None:
    for at, cell in enumerate(cells):
        if _is_filled(cell) and (at >= len(columns)):
            column = in_column(get_column_letter(at + 1))
            place.wrong(column, _("has a value and no heading"), _("values below headings"))
            return
