"""Files and pictures of an entry: which there are, and what reading their content found. Content is read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from cases.checks import columns, masks
from cases.checks.detect import scan
from cases.checks.kinds import Kind
from cases.checks.masks import masked
from cases.checks.texts import Where
from cases.gates import rows
from cases.models.findings import FileReading
from core import extracts
from core.extracts import Limits, Mark, Part, Table, Text
from core.models import File, Picture

RULES: Final = "1"
"""Raise it when the rules find more than before: every file is then read anew."""
MAX_FOUND: Final = 60
"""Findings of one file; a file that has more is in no state to be settled one by one."""
NOBODY: Final = frozenset({
    "acrobat", "admin", "administrator", "adobe", "apache", "author", "canva", "docs", "docx", "excel", "google",
    "kobo", "kobotoolbox", "latex", "libreoffice", "microsoft", "odk", "office", "openoffice", "openpyxl", "pandoc",
    "pdftex", "poi", "powerpoint", "python", "python-docx", "python-pptx", "r", "reportlab", "sas", "spss", "stata",
    "tex", "unknown", "user", "windows", "wkhtmltopdf", "word",
})  # fmt: skip
"""Words of programs that write themselves in as the author."""


@dataclass(frozen=True, slots=True)
class Held:
    """A file or picture of an entry: in which field and place it stands."""

    field: str
    where: Where
    file: Any

    @property
    def content_hash(self) -> str:
        """The hash of what is stored; computed by Wagtail when it was uploaded."""
        return str(self.file.get_file_hash())

    @property
    def suffix(self) -> str:
        """How its name ends."""
        return Path(str(self.file.file.name)).suffix.lower()


@dataclass(frozen=True, slots=True)
class FoundInFile:
    """One thing that a content holds, without anything personal."""

    kind: Kind
    where: Where
    excerpt: str
    digest: str


def held(entry: Any) -> list[Held]:
    """Everything that leaves the site with the entry. The record of consent does not: it holds names by its nature."""
    found = [Held("cover", (("picture", entry.cover.title),), entry.cover)] if entry.cover_id and entry.cover else []
    for place, block in enumerate(entry.story, start=1):
        if block.block_type in {"picture", "file"} and (file := block.value[block.block_type]):
            found.append(Held("story", (("block", str(place)), (block.block_type, file.title)), file))
    if not entry.is_translation:
        found += [Held("attachments", (("file", row.title),), row.file) for row in rows(entry, "attachments")]
    return found


def known(items: Iterable[Held], regions: tuple[str, ...]) -> dict[tuple[str, str], list[FoundInFile]]:
    """What is known of contents, by hash and suffix, without reading any: one SQL, none without files."""
    hashes = {item.content_hash for item in items}
    if not hashes:
        return {}
    readings = FileReading.objects.filter(content_hash__in=hashes, rules=_rules(regions))
    return {(reading.content_hash, reading.suffix): list(_from_json(reading.found)) for reading in readings}


def read_all(items: Iterable[Held], regions: tuple[str, ...]) -> dict[tuple[str, str], list[FoundInFile]]:
    """Read each content that is not known yet, and remember what it held."""
    items = list(items)
    found = known(items, regions)
    for item in items:
        key = (item.content_hash, item.suffix)
        if key not in found:
            found[key] = _read(item, regions)
            values = {"found": [[f.kind.value, f.where, f.excerpt, f.digest] for f in found[key]]}
            FileReading.objects.update_or_create(
                content_hash=key[0], suffix=key[1], rules=_rules(regions), defaults=values
            )
    return found


def _rules(regions: tuple[str, ...]) -> str:
    return f"{RULES}:{masks.key_of(*sorted(regions))[:12]}" if regions else RULES


def _from_json(values: Iterable[Any]) -> Iterator[FoundInFile]:
    for kind, where, excerpt, digest in values:
        yield FoundInFile(Kind(kind), tuple((word, value) for word, value in where), excerpt, digest)


def _read(item: Held, regions: tuple[str, ...]) -> list[FoundInFile]:
    if not isinstance(item.file, (File, Picture)):
        return []
    path = Path(item.file.file.path)
    if not path.is_file():
        return [FoundInFile(Kind.UNREADABLE, (), "missing", masks.key_of("missing"))]
    limits = Limits(**getattr(settings, "CHECKS_LIMITS", {}))
    # Pictures were read and written anew by this very process when they were uploaded (`core.pictures`).
    parts = extracts.read(path, str(item.file.file.name), limits, is_ours=isinstance(item.file, Picture))
    found = dict.fromkeys(one for part in parts for one in _of_part(part, regions))
    return list(found)[:MAX_FOUND]


def _of_part(part: Part, regions: tuple[str, ...]) -> Iterator[FoundInFile]:
    if isinstance(part, Text):
        for match in scan(part.text, regions):
            yield FoundInFile(match.kind, part.where, masked(match.kind, match.text), masks.key_of(match.text))
    elif isinstance(part, Table):
        for column in columns.look(part.rows, regions):
            where = (*part.where, ("column", column.heading[:80]), ("count", str(len(column.values))))
            excerpt = "" if column.kind in masks.PLAIN else masked(column.kind, column.values[0])
            yield FoundInFile(column.kind, where, excerpt, masks.digest_of((column.heading, *column.values)))
    elif found := _of_mark(part):
        yield found


def _of_mark(mark: Mark) -> FoundInFile | None:
    kind = Kind(mark.sign)
    if kind is Kind.AUTHOR and all(word.strip(".,-0123456789").lower() in NOBODY for word in mark.text.split()):
        return None
    where = tuple(step for step in mark.where if step[0] != "author")
    return FoundInFile(kind, where, masked(kind, mark.text), masks.key_of(mark.text))
