"""Text, CSV, JSON and GeoJSON."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Any, Final

from core.extracts.parts import Mark, Part, RefusalError, Source, Table, Text

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEPARATORS: Final = ",;\t|"
PIECE: Final = 100_000
OVERLAP: Final = 400
MAX_CELL: Final = 2_000
SHOWN_KEYS: Final = 200


def read(source: Source) -> Iterator[Part]:
    """Tables where there are any, else the text."""
    text = source.budget.take(decode(source.content))
    if source.suffix in {".csv", ".tsv"}:
        yield from _table(source, text)
    elif source.suffix in {".json", ".geojson"}:
        yield from _json(source, text)
    else:
        yield from pieces(source, text)


def decode(content: bytes) -> str:
    """The text: by its mark, else UTF-8, else what old programs write (then no byte is wrong)."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def pieces(source: Source, text: str, *steps: tuple[str, str]) -> Iterator[Text]:
    """A long text in pieces that overlap, so that nothing is cut in two."""
    for start in range(0, max(len(text), 1), PIECE):
        yield Text(source.at(*steps), text[max(0, start - OVERLAP) : start + PIECE])


def _table(source: Source, text: str) -> Iterator[Part]:
    limits = source.budget.limits
    # The limit is the whole process's: it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    head = text[:PIECE].splitlines()[:1]
    separator = max(SEPARATORS, key=head[0].count) if head else ","
    lines = csv.reader(StringIO(text.replace("\0", "")), delimiter=separator)
    try:
        rows = [[cell[:MAX_CELL] for cell in line[: limits.columns]] for line in islice(lines, limits.rows)]
        has_more = next(lines, None) is not None
    except csv.Error:
        yield from pieces(source, text)
        return
    yield Table(source.where, rows)
    if has_more:
        yield Mark("unreadable", source.where, "too-long")


def _json(source: Source, text: str) -> Iterator[Part]:
    yield from pieces(source, text)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusalError("damaged") from error
    rows = list(islice(_records(content), source.budget.limits.rows))
    keys = list(dict.fromkeys(key for row in rows for key in row))[:SHOWN_KEYS]
    if keys:
        yield Table(source.where, [keys, *([_cell(row.get(key)) for key in keys] for row in rows)])


def _records(content: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list, or the properties of GeoJSON's features."""
    if isinstance(content, dict):
        content = content.get("features") or next((v for v in content.values() if isinstance(v, list)), [])
    for item in content if isinstance(content, list) else ():
        if isinstance(item, dict):
            properties = item.get("properties")
            yield properties if isinstance(properties, dict) else item


def _cell(value: Any) -> str:
    return "" if value is None or isinstance(value, (dict, list)) else str(value)[:MAX_CELL]
