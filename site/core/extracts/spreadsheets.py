"""Sheets of a workbook: cells as they are shown, and whether sheets, rows or columns are hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any, Final

from openpyxl import load_workbook

from core.extracts.packages import Package
from core.extracts.parts import Mark, Part, Source, Table
from core.extracts.plain import MAX_CELL

HIDDEN: Final = re.compile(rb"<(?:row|col)\b[^>]*\bhidden=\"(?:1|true)\"")
EMPTY_ROWS: Final = 2_000
"""So many empty rows in a row end a sheet: a cell in the last row makes a million of them."""


def read(source: Source, package: Package, names: list[str]) -> Iterator[Part]:
    """A table for each sheet, also for hidden ones."""
    for name in names:
        if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name) and HIDDEN.search(package.read(name)):
            yield Mark("hidden", source.at(("sheet", name.rpartition("/")[2])), "rows")
    book = load_workbook(BytesIO(source.content), read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        step = ("sheet", sheet.title)
        if sheet.sheet_state != "visible":
            yield Mark("hidden", source.at(step), "sheet")
        limits = source.budget.limits
        rows = sheet.iter_rows(max_col=min(sheet.max_column or limits.columns, limits.columns), values_only=True)
        yield Table(source.at(step), list(_filled(islice(rows, limits.rows))))
        if next(rows, None) is not None and (sheet.max_row or 0) > limits.rows:
            yield Mark("unreadable", source.at(step), "too-long")


def _filled(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[str]]:
    empty = 0
    for row in rows:
        cells = ["" if value is None else str(value)[:MAX_CELL] for value in row]
        empty = 0 if any(cells) else empty + 1
        if not empty:
            yield cells
        elif empty > EMPTY_ROWS:
            return
