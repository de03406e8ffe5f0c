"""What the lists give to spreadsheets: nothing is computed there, everything can be read back."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.desk.exporting import SafeExportMixin
from core.cells import LONGEST_CELL, safe_cell
from tests.cases.desk.conftest import read_csv, read_xlsx
from tests.factories.entries import make_case


class OneCell(SafeExportMixin):
    """An export of single values."""

    list_export = ["value"]
    export_headings = {"value": "Value"}


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "|cmd", "%0A", "\n=1"],
)
def test_what_would_be_computed_is_text(text: str) -> None:
    assert str(safe_cell(text)).startswith("'")


@given(st.text())
def test_any_text_can_be_written_and_is_never_a_formula(text: str) -> None:
    output = BytesIO()
    OneCell().write_xlsx([SimpleNamespace(value=text)], output)
    cell = openpyxl.load_workbook(BytesIO(output.getvalue())).active["A2"]  # type: ignore[index]
    assert cell.data_type != "f"
    assert str(cell.value or "")[:1] not in set("=+-@|%\t\r")


@pytest.mark.parametrize("value", [0, -3, 2.5, True])
def test_numbers_stay_numbers(value: Any) -> None:
    assert safe_cell(value) is value


def test_long_and_unwritable_texts_are_cut_and_cleaned() -> None:
    assert len(str(safe_cell("a" * 100_000))) == LONGEST_CELL + 1
    assert safe_cell("a\x00b\x1fc") == "abc"


def test_dates_are_dates_in_a_workbook() -> None:
    output = BytesIO()
    OneCell().write_xlsx([SimpleNamespace(value=datetime(2026, 1, 2, 3, 4, tzinfo=UTC))], output)
    cell = openpyxl.load_workbook(BytesIO(output.getvalue())).active["A2"]  # type: ignore[index]
    assert cell.value == datetime(2026, 1, 2, 3, 4)  # noqa: DTZ001 - workbooks know no zones


@pytest.mark.usefixtures("repository")
def test_both_files_hold_every_row_in_the_order_of_the_list(editor: Any) -> None:
    for number in range(3):
        make_case(title=f"Case {number}", live=number == 0)
    for address in ("/admin/desk/entries/?ordering=-draft_title", "/admin/desk/audit/", "/admin/desk/coverage/sdgs/"):
        comma, workbook = read_csv(editor, address), read_xlsx(editor, address)
        assert len(comma) == len(workbook) > 2
        assert [list(row) for row in comma] == [list(row) for row in workbook]
    assert [row["Title"] for row in read_csv(editor, "/admin/desk/entries/?ordering=-draft_title")] == [
        "Case 2", "Case 1", "Case 0",
    ]  # fmt: skip


@pytest.mark.usefixtures("repository")
def test_headings_are_in_the_readers_language(editor: Any) -> None:
    from wagtail.users.models import UserProfile

    from accounts.models import User

    UserProfile.objects.update_or_create(
        user=User.objects.get(email="editor@example.org"), defaults={"preferred_language": "fr"}
    )
    make_case(terms={"countries": ["deu"]})
    row = next(row for row in read_csv(editor, "/admin/desk/entries/"))
    assert "Allemagne" in row.values()
