"""What an entry holds that looks like personal data, and what moderators said of it.

`look` tells what stands in memory with the verdicts that are stored, and writes nothing: gates and the editor ask it.
`record` brings the rows level with the entry: after each saved draft, at submission and at approval. It is `taken` and
`store` in one; imports take before their transaction and store within it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.utils.functional import Promise

from cases.checks import columns, files, masks, places
from cases.checks.detect import clean, scan
from cases.checks.files import FoundInFile, Held
from cases.checks.kinds import Kind
from cases.checks.masks import masked
from cases.checks.texts import Where, tables, texts
from cases.models.findings import Finding

MAX_REGIONS: Final = 6
State = Finding.State


@dataclass(frozen=True)
class Found:
    """One finding in an entry as it stands in memory, with its verdict."""

    entry: Any
    key: str
    kind: Kind
    field: str
    where: Where
    excerpt: str
    row: Finding | None = None

    @property
    def state(self) -> str:
        """The verdict; what was never stored is open."""
        return self.row.state if self.row else State.OPEN

    @property
    def reason(self) -> str:
        """Why a moderator said so."""
        return self.row.reason if self.row else ""

    @property
    def is_settled(self) -> bool:
        """Whether a moderator accepted it."""
        return self.state == State.ACCEPTED

    @cached_property
    def place(self) -> str:
        """Where it stands, in words: “Results” or “Attachments: file “census”, page 2”."""
        below = places.describe(self.where)
        label = places.label_of(self.entry, self.field)
        return f"{label}: {below}" if below else label

    @property
    def said(self) -> str | Promise:
        """The masked text, or what is the matter with a file."""
        return places.says(self.kind, self.excerpt)


def look(entry: Any, *, read_files: bool = False) -> list[Found]:
    """Everything found, each place and text once; files that were never read are read only with `read_files`."""
    found = list(_deduplicated(_detected(entry, read_files)))
    if not found or entry.pk is None:
        return found
    stored = {row.key: row for row in Finding.objects.filter(entry_id=entry.pk).select_related("decided_by")}
    return [Found(f.entry, f.key, f.kind, f.field, f.where, f.excerpt, stored.get(f.key)) for f in found]


def unread(entry: Any) -> list[Held]:
    """Files of the entry whose content nobody has read yet; one SQL, none without files."""
    items = files.held(entry)
    known = files.known(items, regions_of(entry))
    return [item for item in items if (item.content_hash, item.suffix) not in known]


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at an entry found, to be stored later; and the places of files that nobody has read yet."""

    found: tuple[Finding, ...]
    unread: frozenset[tuple[str, Where]]

    @property
    def keys(self) -> frozenset[str]:
        """The keys of what was found."""
        return frozenset(row.key for row in self.found)


def taken(entry: Any, *, read_files: bool = False) -> Look:
    """Look at an entry as it stands in memory, which may have no key yet; verdicts are not asked for."""
    found = _deduplicated(_detected(entry, read_files))
    rows = tuple(Finding(key=f.key, kind=f.kind, field=f.field, where=f.where, excerpt=f.excerpt) for f in found)
    return Look(rows, frozenset((item.field, item.where) for item in unread(entry)))


def store(looks: Mapping[int, Look]) -> None:
    """Bring the rows level with these entries, by their keys; a few SQL for all."""
    stored: defaultdict[int, dict[str, Finding]] = defaultdict(dict)
    for row in Finding.objects.filter(entry_id__in=looks):
        stored[row.entry_id][row.key] = row
    new, gone, back = [], [], []
    for pk, look in looks.items():
        rows, keys = stored[pk], look.keys
        for one in look.found:
            one.entry_id = pk
        new += [one for one in look.found if one.key not in rows]
        gone += [
            row.pk for row in rows.values() if row.present and row.key not in keys and not _is_in(row, look.unread)
        ]
        back += [row.pk for row in rows.values() if not row.present and row.key in keys]
    Finding.objects.bulk_create(new, ignore_conflicts=True)
    for changed, present in ((gone, False), (back, True)):
        if changed:
            Finding.objects.filter(pk__in=changed).update(present=present)


def record(entry: Any, *, read_files: bool = False) -> list[Finding]:
    """Store what is found and return the rows of what is there now. A verdict outlives a text that went and came back.

    Without `read_files`, what is known of a file that is not read yet stays as it is.
    """
    found = taken(entry, read_files=read_files)
    store({entry.pk: found})
    if not found.found:
        return []
    return list(Finding.objects.filter(entry_id=entry.pk, key__in=found.keys).select_related("decided_by"))


def regions_of(entry: Any) -> tuple[str, ...]:
    """Two-letter codes of the entry's countries, whose ways of writing numbers are tried."""
    codes = (term.facts.get("iso2") for term in entry.source.chosen("countries"))
    return tuple(code for code in codes if code)[:MAX_REGIONS]


def _is_in(row: Finding, held: Iterable[tuple[str, Where]]) -> bool:
    stored = tuple((word, value) for word, value in row.where)
    return any(row.field == field and stored[: len(where)] == where for field, where in held)


def _deduplicated(found: Iterable[Found]) -> Iterator[Found]:
    seen: set[str] = set()
    for one in found:
        if one.key not in seen:
            seen.add(one.key)
            yield one


def _detected(entry: Any, read_files: bool) -> Iterator[Found]:
    regions = regions_of(entry)
    for text in texts(entry):
        for match in scan(text.text, regions):
            key = masks.key_of(match.kind, text.field, clean(match.text))
            yield Found(entry, key, match.kind, text.field, text.where, masked(match.kind, match.text))
    for table in tables(entry):
        for column in columns.look(table.rows, regions):
            where = (*table.where, ("column", column.heading))
            key = masks.key_of(column.kind, table.field, masks.digest_of((column.heading, *column.values)))
            excerpt = "" if column.kind in masks.PLAIN else masked(column.kind, column.values[0])
            yield Found(entry, key, column.kind, table.field, where, excerpt)
    yield from _in_files(entry, regions, read_files)


def _in_files(entry: Any, regions: tuple[str, ...], read_files: bool) -> Iterator[Found]:
    items = files.held(entry)
    contents = (files.read_all if read_files else files.known)(items, regions)
    for item in items:
        for one in contents.get((item.content_hash, item.suffix), ()):
            yield _of_file(entry, item, one)


def _of_file(entry: Any, item: Held, one: FoundInFile) -> Found:
    """The key holds the file, not its title: a file that is renamed keeps its verdicts, one that changed mostly too."""
    key = masks.key_of(one.kind, item.field, f"{type(item.file).__name__}:{item.file.pk}", one.digest)
    return Found(entry, key, one.kind, item.field, (*item.where, *one.where), one.excerpt)
