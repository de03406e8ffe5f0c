"""A workbook: results, the search, the columns, the codes. Each row is written and forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, Any, Final

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from api.exports import codebook
from api.exports.asked import Asked
from api.exports.columns import columns
from api.exports.records import Record, in_language
from core.cells import safe_cell

_HEAD: Final = Font(bold=True)
_WIDTH: Final = 24


def write(file: IO[bytes], records: Iterable[Record], asked: Asked) -> None:
    """Write the workbook in the active language."""
    book = Workbook(write_only=True)
    shown = columns()
    sheet = _sheet(book, "results", [column.name for column in shown])
    for record in records:
        read = in_language(record, asked.query.language)
        sheet.append([_cell(sheet, column.cell(read)) for column in shown])
    _query(book, asked)
    _codebook(book)
    _codes(book)
    book.save(file)


def _query(book: Workbook, asked: Asked) -> None:
    sheet = _sheet(book, "query", [])
    for name, value in asked.told().items():
        text = value if isinstance(value, int) else _text(value)
        sheet.append([_cell(sheet, name), _cell(sheet, text)])


def _codebook(book: Workbook) -> None:
    sheet = _sheet(book, "codebook", [_("Column"), _("Label"), _("Meaning"), _("Allowed values"), _("Vocabulary")])
    for each in codebook.described():
        names = ("name", "label", "meaning", "allowed", "vocabulary")
        sheet.append([_cell(sheet, each[name]) for name in names])


def _codes(book: Workbook) -> None:
    sheet = _sheet(book, "codes", [_("Vocabulary"), _("Code"), _("Label"), _("Description")])
    for vocabulary, values in codebook.vocabularies().items():
        for value in values:
            sheet.append([_cell(sheet, text) for text in (vocabulary, *value.values())])


def _sheet(book: Workbook, title: str, head: Sequence[str]) -> Any:
    sheet = book.create_sheet(title)
    sheet.sheet_view.rightToLeft = get_language_bidi()
    for place in range(1, max(len(head), 2) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTH
    if head:
        sheet.freeze_panes = "A2"
        cells = [_cell(sheet, text) for text in head]
        for cell in cells:
            cell.font = _HEAD
        sheet.append(cells)
    return sheet


def _cell(sheet: Any, value: Any) -> Any:
    """A cell that is text where it holds text: never a formula, whatever it begins with."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, safe_cell(value))
    cell.data_type = "s"
    return cell


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}={', '.join(values)}" for name, values in value.items())
    return str(value)
