"""Accounts at the desk, and its lists read as a spreadsheet program reads them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any

from django.test import Client

import openpyxl
import pytest

from tests.cases.editor.conftest import sign_in

Read = Callable[[Client, str], list[dict[str, Any]]]


@pytest.fixture
def editor(repository: None) -> Client:
    return sign_in("editor@example.org", "Editors")


@pytest.fixture
def ethics(repository: None) -> Client:
    return sign_in("ethics@example.org", "Ethics moderators")


@pytest.fixture
def reviewer(repository: None) -> Client:
    return sign_in("reviewer@example.org", "Reviewers")


@pytest.fixture
def expert(repository: None) -> Client:
    return sign_in("expert@example.org", "team:ken")


def export(client: Client, address: str, kind: str = "csv") -> bytes:
    """The file that the list at this address gives."""
    response = client.get(f"{address}{'&' if '?' in address else '?'}export={kind}")
    assert response.status_code == 200, address
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def read_csv(client: Client, address: str) -> list[dict[str, Any]]:
    """The rows of the list's CSV by heading."""
    return list(csv.DictReader(StringIO(export(client, address).decode())))


def read_xlsx(client: Client, address: str) -> list[dict[str, Any]]:
    """The rows of the list's workbook by heading; no cell is computed."""
    sheet = openpyxl.load_workbook(BytesIO(export(client, address, "xlsx"))).active
    assert sheet is not None
    rows = list(sheet.iter_rows())
    assert all(cell.data_type != "f" for row in rows for cell in row)
    headings = [str(cell.value) for cell in rows[0]]
    return [dict(zip(headings, (cell.value for cell in row), strict=True)) for row in rows[1:]]
