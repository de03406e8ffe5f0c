"""Exports: what an import reads, in the order of the keys, batch by batch."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import translation

from cases.exchange.batches import chunked
from cases.exchange.checks import MODELS
from cases.exchange.drafts.matching import newest_of
from cases.exchange.records import Names, record_of
from cases.models import CountryTeam, EntryPage
from cases.sheets.columns import columns, slots_of
from cases.sheets.rows import cells_of
from cases.sheets.workbook import write_export
from cases.term_fields import Kind

FORMATS: Final = ("json", "csv", "xlsx")
BATCH: Final = 100
Record = dict[str, Any]


class Export:
    """The entries of one kind, of one team or of all, with their translations: the newest version of each, drafts too.

    With `references`, each record names its entry of this site. A file with references updates entries here and
    nowhere else; a file without them can be read on any site.
    """

    def __init__(self, kind: Kind, team: CountryTeam | None = None, *, references: bool = False) -> None:
        self.kind = kind
        self.team = team
        self.references = references
        self.step: Callable[[int], object] = int

    def count(self) -> int:
        """How many entries there are."""
        return self._originals().count()

    def records(self) -> Iterator[Record]:
        """The records in the order of their keys; a bounded number of queries for each."""
        keys = self._originals().values_list("pk", "external_id", "reference")
        ordered = sorted((external or reference.lower(), pk) for pk, external, reference in keys)
        for batch in chunked([pk for _key, pk in ordered], BATCH):
            yield from self._batch(batch)
            self.step(len(batch))

    def write(self, path: Path, form: str, language: str = settings.LANGUAGE_CODE) -> int:
        """Write a file of one of the `FORMATS` and return the number of entries."""
        if form == "json":
            return self._write_json(path)
        if form == "csv":
            return self._write_csv(path, language)
        return write_export(path, self.kind, language, self.records)

    def _originals(self) -> Any:
        entries = MODELS[self.kind]._default_manager.filter(original=None, alias_of=None)
        return entries.filter(team=self.team) if self.team else entries

    def _batch(self, pks: list[int]) -> Iterator[Record]:
        model = MODELS[self.kind]
        originals = {page.pk: page for page in model._default_manager.filter(pk__in=pks)}
        others = list(model._default_manager.filter(original__in=pks).select_related("locale").order_by("pk"))
        newest = newest_of([*originals.values(), *others])
        translations: dict[int, dict[str, EntryPage]] = {}
        for page in others:
            translations.setdefault(page.original_id or 0, {})[page.locale.language_code] = newest[page.pk]
        names = Names.of(newest.values())
        for pk in pks:
            if pk in originals:
                record = record_of(newest[pk], translations.get(pk, {}), names)
                yield {"id": record["id"], "reference": newest[pk].reference, **record} if self.references else record

    def _write_json(self, path: Path) -> int:
        count = 0
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write("[")
            for record in self.records():
                stream.write(",\n" if count else "\n")
                stream.write(json.dumps(record, ensure_ascii=False, indent=1))
                count += 1
            stream.write("\n]\n")
        return count

    def _write_csv(self, path: Path, language: str) -> int:
        """One heading and one row an entry; with the mark by which spreadsheets know UTF-8."""
        slots, translated = slots_of(self.records())
        count = 0
        with path.open("w", encoding="utf-8-sig", newline="") as stream, translation.override(language):
            shown = columns(self.kind, slots, translated)
            writer = csv.writer(stream)
            writer.writerow([column.path for column in shown])
            for record in self.records():
                writer.writerow(["" if cell is None else cell for cell in cells_of(record, shown)])
                count += 1
        return count
