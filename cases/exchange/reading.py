"""Reading records: everything is checked before anything is used."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cases.exchange.checks import check_all, check_draft, check_record
from cases.exchange.problems import ExchangeError, Place
from cases.exchange.schema import DRAFT_SCHEMAS, SCHEMAS
from cases.exchange.values import read_object
from cases.term_fields import Kind
from cases.vocabularies.errors import Problem

RawRecord = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """Records of one kind from one file, as they were decoded."""

    file: str
    kind: Kind
    records: list[Any]


@dataclass(frozen=True, slots=True)
class Record:
    """One entry, checked. `values` holds typed values by key of the schema; keys that were not given are not there.

    `methods` are the ids of the methods that name this case; None leaves its methods as they are.
    """

    kind: Kind
    id: str
    place: Place
    values: Mapping[str, Any]
    raw: RawRecord
    methods: list[str] | None = field(default_factory=list)

    @property
    def translations(self) -> Mapping[str, Mapping[str, Any]]:
        """Texts by language."""
        translations: Mapping[str, Mapping[str, Any]] = self.values.get("translations", {})
        return translations

    def digest(self, language: str | None = None) -> str:
        """A text that changes when what this record says changes: of the entry itself, or of one translation."""
        if language is not None:
            return _digest(self.raw["translations"][language])
        own = {key: value for key, value in self.raw.items() if key != "translations"}
        return _digest({**own, "methods": self.methods})


def load_batch(path: Path, kind: Kind) -> Batch:
    """Decode a JSON file that holds a list of records. Raises `ExchangeError`."""
    problem = "holds no list"
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        records, problem = None, f"cannot be read ({error.strerror})"
    except ValueError as error:  # not UTF-8, or not JSON
        records, problem = None, f"is not JSON ({error})"
    if not isinstance(records, list):
        raise ExchangeError([Problem(path.name, "", "", problem, "a JSON list of records")])
    return Batch(path.name, kind, records)


def read(batches: Iterable[Batch]) -> list[Record]:
    """Check all records of all batches, one by one and against each other.

    Methods name the cases that use them: those must be among the batches. Raises `ExchangeError` with every fault.
    """
    problems: list[Problem] = []
    records = [
        _record(batch, number, raw, problems) for batch in batches for number, raw in enumerate(batch.records, 1)
    ]
    found = [record for record in records if record is not None]
    check_all(found)
    if problems:
        raise ExchangeError(problems)
    _link(found)
    return found


def _record(batch: Batch, number: int, raw: Any, problems: list[Problem]) -> Record | None:
    key = raw.get("id") if isinstance(raw, dict) else None
    name = f"record {number} “{key}”" if isinstance(key, str) else f"record {number}"
    place = Place(batch.file, name, problems)
    if not isinstance(raw, dict):
        place.wrong("", _("is no object"), _("an object with the keys of a record"))
        return None
    values = read_object(place, "", SCHEMAS[batch.kind], raw)
    record = Record(batch.kind, key if isinstance(key, str) else "", place, values, raw)
    check_record(record)
    return record


def read_draft(place: Place, kind: Kind, raw: Mapping[str, Any]) -> Record:
    """Check one record that becomes a draft: it may lack what publication needs. Faults go to the place."""
    values = read_object(place, "", DRAFT_SCHEMAS[kind], raw)
    key = values.get("id") or ""
    methods = list(values["methods"] or ()) if "methods" in values else None
    record = Record(kind, key, place, values, raw, methods)
    check_draft(record)
    return record


def _link(records: list[Record]) -> None:
    """Tell each case which methods name it."""
    cases = {record.id: record for record in records if record.kind == "case"}
    for record in records:
        for case_id in record.values.get("related_cases", ()):
            cases[case_id].methods.append(record.id)  # type: ignore[union-attr]  # of records read here


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
