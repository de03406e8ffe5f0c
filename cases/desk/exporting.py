"""Spreadsheets of the desk's lists: written piece by piece, and no cell of theirs is ever computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from django.utils import translation
from django.utils.encoding import force_str
from django.utils.functional import Promise

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from core.cells import safe_cell

CHUNK: Final = 500


class SafeExportMixin(SpreadsheetExportMixin):
    """A list as CSV or XLSX: rows are read in pieces, cells are harmless."""

    is_export: bool

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        if value is None:
            return ""
        processed = super().preprocess_field_value(field, value, export_format)
        return safe_cell(str(processed) if isinstance(processed, str | Promise) else processed)

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(safe_cell(force_str(self.export_headings.get(field, field))))

    def in_pieces(self, rows: Any) -> Iterator[Any]:
        """Each row, decorated with its neighbours: what a page of the list asks once, an export asks once a piece."""
        source = iter(rows.iterator(chunk_size=CHUNK)) if hasattr(rows, "iterator") else iter(rows)
        while piece := list(islice(source, CHUNK)):
            yield from self.decorate(piece)

    def stream_csv(self, queryset: Any) -> Iterator[Any]:
        # The rows are written after the admin has let go of the reader's language.
        language = translation.get_language() or "en"
        return _in_language(super().stream_csv(queryset), language)

    def decorate(self, rows: list[Any]) -> Iterable[Any]:
        """What the rows of one page or piece need besides; the rows as they are."""
        return rows


def _in_language(rows: Iterator[Any], language: str) -> Iterator[Any]:
    while True:
        with translation.override(language):
            row = next(rows, None)
        if row is None:
            return
        yield row
