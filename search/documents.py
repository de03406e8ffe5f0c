"""One document per entry: a pure function of its original page and its findable translations.

The collector reads for many entries at once with two SQL: the pages to show, and the renditions of their covers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from cases.models import EntryPage
from cases.terms import Label
from core.models import Picture, PictureRendition
from search.codes import Codes
from search.entries import Entry
from search.facets import FACETS
from search.marks import Marks
from search.results import Cover, Document

COVER = "fill-640x360"
LEADERS = ("casestudypage__lead_organisation", "methodpage__owner_organisation")


@dataclass(frozen=True, slots=True)
class Source:
    """What one document is made of: the entry, its rows, its original page and the page its reader is shown."""

    entry: Entry
    marks: Marks
    original: EntryPage
    shown: EntryPage


def collect(entries: Sequence[Entry], marks: Mapping[int, Marks], language: str) -> list[Source]:
    """Sources in the order of the entries, texts in `language` where there are any; what was just deleted misses."""
    wanted = {page for entry in entries for page in (entry.pk, entry.page_for(language).pk)}
    covers = Picture.objects.prefetch_related(
        Prefetch("renditions", PictureRendition.objects.filter(filter_spec=COVER), to_attr="prefetched_renditions")
    )
    pages = (
        EntryPage.objects.filter(pk__in=wanted)
        .select_related("team", "locale", "entry_text", *LEADERS)
        .prefetch_related(Prefetch("cover", covers))
        .defer("story", "basis")
        .in_bulk()
    )
    return [
        Source(entry, marks.get(entry.pk) or Marks(), pages[entry.pk], pages[entry.page_for(language).pk])
        for entry in entries
        if entry.pk in pages and entry.page_for(language).pk in pages
    ]


def document(source: Source, codes: Codes, language: str) -> Document:
    """The document of one entry with labels in `language`; reads no database unless a cover has no rendition yet."""
    entry, found = source.entry, codes.of(source.entry, source.marks)
    kind = FACETS["kind"].find(entry.kind)
    levels = [FACETS["participation"].find(code) for code in found["participation"]]
    return Document(
        key=entry.key,
        kind=entry.kind,
        kind_label=kind.label(language) if kind else Label(entry.kind, "en"),
        url=source.shown.get_url() or "",
        lang=source.shown.locale.language_code,
        title=source.shown.title,
        summary=source.shown.summary or source.original.summary,
        reference=source.original.reference,
        team=source.original.team.name,
        lead_organisation=_lead(source.original),
        countries=_labels(source, codes, "countries", language),
        themes=_labels(source, codes, "themes", language),
        years=(entry.start_year, entry.end_year),
        participation=next((row.label(language) for row in levels if row), None),
        published=entry.published,
        cover=_cover(source.original.cover),
        codes={name: frozenset(values) for name, values in found.items()},
    )


def _labels(source: Source, codes: Codes, field: str, language: str) -> tuple[Label, ...]:
    rows = dict.fromkeys(codes.family(term)[0] for name, term in source.marks.terms if name == field)
    return tuple(row.label(language) for row in rows)


def _lead(page: EntryPage) -> str:
    case, method = getattr(page, "casestudypage", None), getattr(page, "methodpage", None)
    organisation = case.lead_organisation if case else method.owner_organisation if method else None
    return organisation.name if organisation else ""


def _cover(picture: Picture | None) -> Cover | None:
    if picture is None:
        return None
    rendition = picture.get_rendition(COVER)
    return Cover(rendition.url, rendition.width, rendition.height, rendition.alt)
