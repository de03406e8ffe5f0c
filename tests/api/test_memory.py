"""Rows are read when they are written: a big export takes no more memory than a small one."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import Any

import pytest

from api.exports import records as reading
from api.exports import tables, workbook
from api.exports.asked import Asked
from api.exports.records import Record
from search.query import Query
from search.service import KEY_LENGTH, Found
from tests.factories.entries import make_case

FEW, MANY = 2_000, 20_000
LEAST = 1_000_000
"""Bytes: below that it is what reading a few rows takes anyhow."""


def repeated(record: Record, number: int) -> Iterator[Record]:
    return ({**record, "reference": f"CCD-KEN-2026-{place}"} for place in range(number))


def as_csv(found: Iterable[Record], asked: Asked) -> None:
    for _line in tables.csv_lines(found, "en"):
        pass


def as_json(found: Iterable[Record], asked: Asked) -> None:
    for _piece in tables.json_pieces(found, asked):
        pass


def as_xlsx(found: Iterable[Record], asked: Asked) -> None:
    with TemporaryFile() as file:
        workbook.write(file, found, asked)


def peak(write: Any, record: Record, number: int) -> int:
    gc.collect()
    tracemalloc.start()
    write(repeated(record, number), Asked(Query(), number))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


@pytest.mark.once
@pytest.mark.parametrize("write", [as_csv, as_json, as_xlsx], ids=["csv", "json", "xlsx"])
def test_files_are_written_row_by_row(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    [record] = reading.records([str(make_case().translation_key)])
    # Two columns and no long texts tell as much of memory as all two hundred, in a moment.
    some = tables.columns()[:2]
    record = {key: record[key] for key in ("reference", "kind", "translations")}
    monkeypatch.setattr(tables, "columns", lambda: some)
    monkeypatch.setattr(workbook, "columns", lambda: some)
    peak(write, record, 10)  # what is kept for good is made
    few, many = peak(write, record, FEW), peak(write, record, MANY)
    assert many < max(few, LEAST) * 1.5, (few, many)


def test_records_are_read_batch_by_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_case()
    monkeypatch.setattr(reading, "BATCH", 1)
    asked: list[str] = []

    def keys() -> Iterator[str]:
        for _ in range(3):
            asked.append(str(case.translation_key))
            yield asked[-1]

    found = reading.records(keys())
    next(found)
    assert len(asked) == 1


def test_found_keys_take_sixteen_bytes_each() -> None:
    key = str(make_case().translation_key)
    found = Found(bytes.fromhex(key.replace("-", "")) * MANY, reduced=False)
    assert len(found.packed) == MANY * KEY_LENGTH
    assert next(iter(found)) == key
    assert len(found) == MANY
