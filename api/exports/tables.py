"""CSV, with its description beside it as CSV on the Web has it, and JSON: written piece by piece."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from api.exports import codebook
from api.exports.asked import Asked
from api.exports.columns import columns
from api.exports.records import Record, in_language
from cases.citing import language_tag

MARK: Final = "\ufeff"
"""By which spreadsheets know UTF-8."""


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(records: Iterable[Record], language: str) -> Iterator[str]:
    """One row of names and one row for each record."""
    shown, writer = columns(), csv.writer(_Line())
    yield MARK + writer.writerow([column.name for column in shown])
    for record in records:
        read = in_language(record, language)
        yield writer.writerow(["" if (cell := column.cell(read)) is None else cell for column in shown])


def json_pieces(records: Iterable[Record], asked: Asked) -> Iterator[str]:
    """One object: how it was asked for, the codebook, the records, and how many these came to be."""
    book = {"columns": codebook.described(), "vocabularies": codebook.vocabularies()}
    yield f'{{"query": {_json(asked.told())},\n"codebook": {_json(book)},\n"records": ['
    count = 0
    for count, record in enumerate(records, 1):
        yield f"{',' if count > 1 else ''}\n{_json(record)}"
    yield f'\n],\n"count": {count}}}\n'


def description(asked: Asked, address: str) -> dict[str, Any]:
    """What stands beside the CSV file at `address`: its columns, their values, its search (CSV on the Web)."""
    told = asked.told()
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language_tag(asked.query.language)}],
        "url": address,
        "dc:title": told["publisher"],
        "dc:source": told["address"],
        "dc:date": told["date"],
        "dc:publisher": told["publisher"],
        "dc:rights": told["licence"],
        "dc:bibliographicCitation": told["attribution"],
        "dialect": {"header": True, "encoding": "utf-8"},
        "tableSchema": {"columns": [_column(each) for each in codebook.described()], "primaryKey": "reference"},
        "notes": [{"query": told}, {"vocabularies": codebook.vocabularies()}],
    }


def _column(each: dict[str, Any]) -> dict[str, Any]:
    found = {"name": each["name"].replace("-", "_"), "titles": [each["name"], each["label"]], "datatype": each["type"]}
    texts = " ".join(text for text in (each["meaning"], each["allowed"]) if text)
    more = {"dc:description": texts, "separator": each["separator"]}
    return found | {name: value for name, value in more.items() if value}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
