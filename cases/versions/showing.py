"""What the public pages of versions show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases import addresses, citing
from cases.file_rules import Reader
from cases.models import Attachment, CaseStudyPage, EntryPage, PublishedVersion
from cases.reading.attachments import Download
from cases.reading.crumbs import crumbs_of
from cases.reading.finding import home_paths
from cases.reading.view import EntryView
from cases.terms import current_terms
from cases.versions import changes
from cases.versions.past import Past


@dataclass(frozen=True, slots=True)
class Line:
    """One version in the list of versions."""

    number: int
    published_at: datetime
    closed: bool
    note: str
    changed: list[str]
    href: str
    previous: int | None


class VersionsOf:
    """The versions of a page, newest first; the page is live and may be read by who asks."""

    def __init__(self, page: EntryPage, request: Any) -> None:
        self.page = page
        self.language = page.locale.language_code
        roots = home_paths(request)
        self.page_url = addresses.of_page(page.url_path, self.language, roots)
        self.crumbs = crumbs_of(page, self.language, roots)
        self.url = f"{self.page_url}versions/"
        rows = PublishedVersion.objects.filter(entry=page.pk).select_related("source_version").order_by("-number")
        self.rows = list(rows.defer("snapshot", "source_version__snapshot"))

    @property
    def newest(self) -> int:
        """Number of the newest version, 0 when there is none."""
        return self.rows[0].number if self.rows else 0

    @property
    def readable(self) -> list[PublishedVersion]:
        """Those that are not closed, newest first."""
        return [row for row in self.rows if not row.is_closed]

    def row(self, number: int) -> PublishedVersion | None:
        """The version with this number."""
        return next((row for row in self.rows if row.number == number), None)

    def lines(self, rows: Iterable[PublishedVersion]) -> list[Line]:
        """The list as it is shown."""
        numbers = [row.number for row in self.readable]
        return [self._line(row, next((n for n in numbers if n < row.number), None)) for row in rows]

    def _line(self, row: PublishedVersion, previous: int | None) -> Line:
        return Line(
            number=row.number,
            published_at=row.published_at,
            closed=row.is_closed,
            note=row.change_note,
            changed=[] if row.is_closed else changes.labels(type(self.page), row.changed_fields),
            href=f"{self.url}{row.number}/",
            previous=None if row.is_closed else previous,
        )


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands above an old version, and how it is cited."""

    number: int
    count: int
    published_at: datetime
    newest: int
    is_newest: bool
    closed_parts: int
    cited: citing.Cited
    address: str
    previous: int | None


def banner(version: PublishedVersion, versions: VersionsOf, past: Past) -> Banner:
    """Everything a reader must know of this version before reading it."""
    work = citing.work_of_version(past.entry, version.number, version.published_at)
    return Banner(
        number=version.number,
        count=len(versions.rows),
        published_at=version.published_at,
        newest=versions.newest,
        is_newest=version.number == versions.newest,
        closed_parts=past.closed,
        cited=citing.cited(work, f"{versions.url}{version.number}/"),
        address=work.address,
        previous=next((row.number for row in versions.readable if row.number < version.number), None),
    )


def only_open(view: EntryView, past: Past, page: EntryPage) -> tuple[Download, ...]:
    """The files as they were listed, with a link only where today's rule for today's attachment opens the same file."""
    listed = list(zip(view.source.attachments.get_object_list(), view.attachments, strict=True))
    allowed = _open_files(page.source, [row.file_id for row, _shown in listed], view.reader) if listed else {}
    return tuple(_as_today(row, shown, past, allowed) for row, shown in listed)


def _as_today(row: Attachment, shown: Download, past: Past, allowed: dict[int, str]) -> Download:
    if allowed.get(row.file_id) == past.files[str(row.file_id)]["stored"]:
        return replace(shown, href=row.file.url, closed="")
    if row.file_id in allowed:
        return replace(shown, href="", closed=_("The file has been replaced since."))
    return replace(shown, href="", closed=_("No longer available: the file was removed, or its access has changed."))


def _open_files(source: EntryPage, ids: Iterable[int], reader: Reader) -> dict[int, str]:
    """Stored name of each file that is attached to the live entry and that the reader may have."""
    wanted = set(ids)
    records = set(CaseStudyPage.objects.filter(consent_record__in=wanted).values_list("consent_record", flat=True))
    rows = Attachment.objects.filter(entry=source.pk, file__in=wanted - records).select_related("file")
    return {row.file_id: row.file.file.name for row in rows if _may_read(row, source, reader)}


def _may_read(row: Attachment, source: EntryPage, reader: Reader) -> bool:
    level = current_terms().resolve(row.access_level_id).code
    return reader.may_read(level, row.public_from, source)
