"""Workbooks: templates to fill in, and exports that are templates filled in. Written row by row, never held whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from cases.exchange.schema import Field
from cases.exchange.values import options
from cases.sheets.columns import MARK, SLOTS, Column, columns, slots_of
from cases.sheets.help import choice, example_of, help_of, label_of, sheet_languages
from cases.sheets.rows import cells_of
from cases.term_fields import Kind
from cases.vocabularies.registry import VOCABULARIES

Record = Mapping[str, Any]
VERSION: Final = 1
META: Final = "meta"
CODES: Final = "codes"
SHEETS: Final[Mapping[str, str]] = {"case": "cases", "method": "methods"}
ROOM: Final = 5_000
"""Rows that have drop-downs."""
RIGHT_TO_LEFT: Final = frozenset({"ar"})
_WIDTH: Final = {"text": 40, "terms": 30, "lines": 30, "term": 26, "line": 28}
_KEY: Final = Font(name="Consolas", size=9, color="FF5A6A6A")
_LABEL: Final = Font(bold=True, color="FFFFFFFF")
_LABEL_FILL: Final = PatternFill("solid", fgColor="FF1F4E5F")
_HELP: Final = Font(size=9, italic=True, color="FF333333")
_HELP_FILL: Final = PatternFill("solid", fgColor="FFE8EEF0")
_EXAMPLE: Final = Font(italic=True, color="FF7A5C00")
_EXAMPLE_FILL: Final = PatternFill("solid", fgColor="FFFFF6DA")
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")


def write_template(path: Path, kind: Kind, language: str) -> None:
    """A workbook to fill in, in one of the languages of the interface."""
    with translation.override(language):
        _Book(kind, language, columns(kind, SLOTS, _translated())).write(path, example=True)


def write_export(path: Path, kind: Kind, language: str, records: Callable[[], Iterable[Record]]) -> int:
    """A workbook with records; returns how many there are.

    A first look finds out how many columns there must be, a second one writes: neither holds more than a batch.
    """
    slots, translated = slots_of(records())
    with translation.override(language):
        return _Book(kind, language, columns(kind, slots, translated)).write(path, records())


def _translated() -> list[str]:
    return [code for code in sheet_languages() if code != settings.LANGUAGE_CODE]


class _Book:
    def __init__(self, kind: Kind, language: str, shown: Sequence[Column]) -> None:
        self.kind = kind
        self.language = language
        self.columns = shown
        self.book = Workbook(write_only=True)
        self.used: dict[str, Field] = {}
        for column in shown:
            if column.leaf.vocabulary:
                self.used.setdefault(column.leaf.vocabulary, column.leaf)

    def write(self, path: Path, records: Iterable[Any] = (), *, example: bool = False) -> int:
        sheet = self._sheet(SHEETS[self.kind])
        sheet.freeze_panes = "C4"
        self._measure(sheet)
        self._offer(sheet)
        self._head(sheet, example=example)
        count = 0
        for record in records:
            sheet.append([None, *(self._cell(sheet, value) for value in cells_of(record, self.columns))])
            count += 1
        self._notes()
        self._codes()
        self._lists()
        self._meta()
        self.book.save(path)
        return count

    def _sheet(self, title: str, *, hidden: bool = False) -> Any:
        sheet = self.book.create_sheet(title)
        sheet.sheet_view.rightToLeft = self.language in RIGHT_TO_LEFT
        if hidden:
            sheet.sheet_state = "hidden"
        return sheet

    def _head(self, sheet: Any, *, example: bool) -> None:
        """Keys for machines, then labels, help and an example for people; rows with a mark are not imported."""
        sheet.row_dimensions[3].height = 120
        self._row(sheet, MARK, [column.path for column in self.columns], _KEY, None)
        self._row(sheet, MARK, [label_of(column) for column in self.columns], _LABEL, _LABEL_FILL)
        self._row(sheet, MARK, [help_of(column, self.kind) for column in self.columns], _HELP, _HELP_FILL)
        if example:
            examples = [example_of(column, self.kind, self.language) for column in self.columns]
            mark = f"{MARK} {_('Example, not imported')}"
            self._row(sheet, mark, examples, _EXAMPLE, _EXAMPLE_FILL)

    def _row(self, sheet: Any, mark: str, values: Iterable[Any], font: Font, fill: PatternFill | None) -> None:
        cells = []
        for value in (mark, *values):
            cell = self._cell(sheet, value)
            cell.font, cell.alignment = font, _WRAPPED
            if fill is not None:
                cell.fill = fill
            cells.append(cell)
        sheet.append(cells)

    def _cell(self, sheet: Any, value: Any) -> Any:
        """A cell that is text where it holds text: never a formula, whatever it begins with."""
        text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value) if isinstance(value, str) else value
        cell = WriteOnlyCell(sheet, text)
        if isinstance(value, str):
            cell.data_type = "s"
            cell.number_format = "@"
            cell.alignment = _WRAPPED
        return cell

    def _measure(self, sheet: Any) -> None:
        sheet.column_dimensions["A"].width = 12
        for at, column in enumerate(self.columns, 2):
            dimension = sheet.column_dimensions[get_column_letter(at)]
            dimension.width = _WIDTH.get(column.leaf.shape, 14)
            dimension.number_format = "@"
            if column.top in {"translations", "quality", "basis"}:
                dimension.outlineLevel = 1

    def _offer(self, sheet: Any) -> None:
        """Drop-downs over all rows to be filled; another value is warned of, as a label is good too."""
        by_list: dict[str, list[str]] = {}
        for at, column in enumerate(self.columns, 2):
            leaf = column.leaf
            if leaf.shape == "term":
                by_list.setdefault(self._range(leaf.vocabulary), []).append(get_column_letter(at))
            elif leaf.shape == "flag":
                by_list.setdefault('"true,false"', []).append(get_column_letter(at))
        for formula, letters in by_list.items():
            offer = DataValidation(type="list", formula1=formula, allow_blank=True, errorStyle="warning")
            offer.error = _("This value is not in the list.")
            for letter in letters:
                offer.add(f"{letter}4:{letter}{ROOM}")
            sheet.data_validations.append(offer)

    def _range(self, vocabulary: str) -> str:
        return f"'{_list_name(vocabulary)}'!$C$1:$C${len(options(self.used[vocabulary]))}"

    def _notes(self) -> None:
        sheet = self._sheet("help")
        sheet.column_dimensions["A"].width = 110
        for text in notes():
            sheet.append([self._cell(sheet, text)])

    def _codes(self) -> None:
        """All codes with their labels, to look up what goes into cells that take several."""
        sheet = self._sheet(CODES)
        for letter, width in zip("ABCD", (26, 34, 44, 80), strict=True):
            sheet.column_dimensions[letter].width = width
        sheet.freeze_panes = "A2"
        head = (_("Vocabulary"), _("Code"), _("Label"), _("Description"))
        cells = [self._cell(sheet, text) for text in head]
        for cell in cells:
            cell.font, cell.fill = _LABEL, _LABEL_FILL
        sheet.append(cells)
        count = 1
        for vocabulary, leaf in self.used.items():
            for name, row in options(leaf).items():
                texts = (vocabulary, name, str(row.label(self.language)), str(row.description(self.language)))
                sheet.append([self._cell(sheet, text) for text in texts])
                count += 1
        sheet.auto_filter.ref = f"A1:D{count}"

    def _lists(self) -> None:
        """One hidden sheet for each vocabulary: code, label, and both as the drop-down shows them."""
        for vocabulary, leaf in self.used.items():
            sheet = self._sheet(_list_name(vocabulary), hidden=True)
            for name, row in options(leaf).items():
                texts = (name, str(row.label(self.language)), choice(name, row, self.language))
                sheet.append([self._cell(sheet, text) for text in texts])

    def _meta(self) -> None:
        sheet = self._sheet(META, hidden=True)
        for key, value in (("version", VERSION), ("kind", self.kind), ("language", self.language)):
            sheet.append([self._cell(sheet, key), self._cell(sheet, value)])


def _list_name(vocabulary: str) -> str:
    assert vocabulary in VOCABULARIES, vocabulary  # noqa: S101 - the schema names it
    return f"v_{vocabulary}"[:31]


def notes() -> list[str]:
    """How to fill in a sheet."""
    return [
        _("How to fill in this workbook"),
        _("Each row is one entry. Leave the first row as it is: it tells which column is which."),
        _("A row with something in its first column is a remark and is not imported, such as the example."),
        _("Every row needs a key (id) of small letters, digits and hyphens. The same key again updates the entry."),
        _("Write codes, or choose from the lists; the label in your language is understood too."),
        _("Partners, sources and steps have numbered columns: go on counting for more, such as partners[6].name."),
        _("An empty cell takes the value away when an entry is updated; a column that is left out changes nothing."),
        _("#kept in a cell: the value is too long for a sheet, or holds what a sheet cannot; it stays as it is."),
        _("Formulas are refused. Text that begins with = + - @ gets an apostrophe (') before it."),
        _("Stories and files are not in sheets: edit them on the site, or use JSON. Sheets leave them as they are."),
        _("Everything is imported as drafts of your team, or nothing is; a check shows first what would happen."),
    ]
