"""What the moderators' desk asks of the checks, each in a constant number of SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from wagtail.models import ReferenceIndex

from cases.checks.rules import lacks_words
from cases.models import EntryPage, OfficialUse, Source
from cases.models.findings import Finding, LinkResult
from core.models import Picture
from core.visibility import findable

READ = ("title", "description", "file", "width", "height")
"""With the measures: without them, Django reads both of each picture as soon as it has the file."""
ENOUGH_FAILURES = 2
"""A server may be away for a night: only the second failure in a row is told."""


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link of a published entry that leads nowhere."""

    url: str
    entry: EntryPage
    field: str
    title: str
    code: int | None
    problem: str
    broken_since: datetime | None
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class UnwordedPicture:
    """A picture on a published entry that says nothing to people who cannot see it."""

    picture: Picture
    entry: EntryPage
    field: str


def open_counts(entries: Iterable[Any]) -> dict[int, int]:
    """Unsettled findings by key of the entry (objects or keys); one SQL."""
    keys = [getattr(entry, "pk", entry) for entry in entries]
    rows = Finding.objects.filter(entry_id__in=keys, present=True).exclude(state=Finding.State.ACCEPTED)
    counted = rows.order_by().values("entry_id").annotate(number=Count("pk"))
    return {row["entry_id"]: row["number"] for row in counted}


def live_links() -> Iterator[tuple[str, int, str, str]]:
    """Links of sources and official uses of published originals: address, key of the entry, field, title; two SQL."""
    live = findable(EntryPage.objects.filter(original=None)).order_by().values("pk")
    sources = Source.objects.filter(entry__in=live).exclude(link="").order_by("pk")
    yield from (
        (url, entry, "sources", title) for url, entry, title in sources.values_list("link", "entry_id", "title")
    )
    uses = OfficialUse.objects.filter(entry__in=live).exclude(link="").order_by("pk")
    for url, entry, evidence in uses.values_list("link", "entry_id", "evidence"):
        yield url, entry, "official_uses", evidence


def broken_links() -> list[BrokenLink]:
    """Links that failed twice in a row, oldest trouble first; four SQL."""
    results = LinkResult.objects.filter(state=LinkResult.State.BROKEN, failures__gte=ENOUGH_FAILURES)
    forbidden = LinkResult.objects.filter(state=LinkResult.State.FORBIDDEN)
    by_url = {row.url: row for row in (results | forbidden).order_by("broken_since", "url")}
    places = [place for place in live_links() if place[0] in by_url] if by_url else []
    entries = EntryPage.objects.defer("story").select_related("team", "locale").in_bulk({place[1] for place in places})
    order = {url: number for number, url in enumerate(by_url)}
    return [
        BrokenLink(url, entries[key], field, title, row.code, row.problem, row.broken_since, row.checked_at)
        for url, key, field, title in sorted(places, key=lambda place: (order[place[0]], place[1], place[2], place[3]))
        for row in [by_url[url]]
    ]


def pictures_without_words() -> list[UnwordedPicture]:
    """Covers, and pictures of stories that are not said to be decoration; four SQL.

    Wagtail's index of references knows which pages use which pictures: only those pages' stories are read.
    """
    wordless = {picture.pk: picture for picture in Picture.objects.only(*READ).order_by("pk") if lacks_words(picture)}
    if not wordless:
        return []
    uses = ReferenceIndex.objects.filter(
        to_content_type=ReferenceIndex._get_base_content_type(Picture), to_object_id__in=map(str, wordless)
    )
    pages = {int(key) for key in uses.values_list("object_id", flat=True).distinct() if key.isdecimal()}
    entries = findable(EntryPage.objects.filter(pk__in=pages)).select_related("team", "locale").order_by("title", "pk")
    return [
        UnwordedPicture(wordless[key], entry, field)
        for entry in entries
        for field, key in _shown(entry)
        if key in wordless
    ]


def _shown(entry: EntryPage) -> Iterator[tuple[str, int]]:
    if entry.cover_id:
        yield "cover", entry.cover_id
    for block in entry.story.raw_data:
        if block["type"] == "picture" and not block["value"].get("decorative"):
            yield "story", block["value"].get("picture")
