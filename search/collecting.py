"""Documents from the database: for many entries at once with a constant number of SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from cases import addresses
from cases.models import EntryPage
from cases.reading.finding import home_paths
from cases.terms import current_terms
from core.models import Picture, PictureRendition
from core.visibility import findable
from search.codes import Codes
from search.documents import IndexDocument, Texts
from search.entries import Entry, read_entries
from search.marks import Marks, read_marks
from search.results import Cover

BATCH = 500
COVER = "fill-640x360|format-webp"
LEADER = Coalesce("casestudypage__lead_organisation__name", "methodpage__owner_organisation__name", Value(""))


@dataclass(frozen=True, slots=True)
class _Page:
    """What documents take from one page: columns, because models of twice as many take twice the time of a rebuild."""

    pk: int
    title: str
    summary: str
    body: str | None
    url_path: str
    reference: str
    language: str
    team: str
    lead: str
    cover: int | None


def build(keys: Collection[str]) -> list[IndexDocument]:
    """Documents of the findable ones among these entries (translation keys), in the order of their keys.

    The number of SQL is the same for any number of keys; more than a few hundred at once only take memory.
    """
    entries = read_entries((), keys)
    if not entries:
        return []
    codes = Codes(current_terms(), timezone.now().year)
    return documents(entries, read_marks([entry.pk for entry in entries]), codes, searched=True)


def build_all(batch: int = BATCH) -> Iterator[list[IndexDocument]]:
    """Documents of all findable entries, batch by batch, each read from the database when it is asked for."""
    keys = all_keys()
    for start in range(0, len(keys), batch):
        yield build(keys[start : start + batch])


def all_keys() -> list[str]:
    """Keys of all findable entries, ascending; one SQL."""
    originals = findable(EntryPage.objects.filter(original__isnull=True))
    return sorted(str(key) for key in originals.order_by().values_list("translation_key", flat=True))


def documents(
    entries: Sequence[Entry], marks: Mapping[int, Marks], codes: Codes, language: str = "", *, searched: bool = False
) -> list[IndexDocument]:
    """Documents in the order of the entries; an entry that was just deleted is left out.

    With `language` only the texts for its reader and the original's are read, all otherwise. `searched` adds labels
    and names, which cards do not need.
    """
    shown = {entry.pk: _shown(entry, language) for entry in entries}
    pages = _pages({pk for pks in shown.values() for pk in pks})
    make = _Maker(codes, _covers(pages), home_paths(None), searched)
    return [
        make.document(entry, marks.get(entry.pk) or Marks(), [pages[pk] for pk in shown[entry.pk]])
        for entry in entries
        if all(pk in pages for pk in shown[entry.pk])
    ]


def _shown(entry: Entry, language: str) -> list[int]:
    pages = [entry.pages[0], entry.page_for(language)] if language else entry.pages
    return list(dict.fromkeys(page.pk for page in pages))


def _pages(pks: Collection[int]) -> dict[int, _Page]:
    rows = EntryPage.objects.filter(pk__in=pks).values_list(
        "pk", "title", "summary", "entry_text__body", "url_path", "reference", "locale__language_code", "team__name",
        LEADER, "cover_id",
    )  # fmt: skip
    return {row[0]: _Page(*row) for row in rows}


def _covers(pages: Mapping[int, _Page]) -> dict[int, Cover]:
    """Cards' pictures by primary key; a rendition that is not there yet is made."""
    wanted = {page.cover for page in pages.values() if page.cover}
    renditions = Prefetch(
        "renditions", PictureRendition.objects.filter(filter_spec=COVER), to_attr="prefetched_renditions"
    )
    pictures = Picture.objects.prefetch_related(renditions).in_bulk(wanted) if wanted else {}
    return {pk: _cover(picture) for pk, picture in pictures.items()}


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes documents from rows; it holds what is the same of all of them."""

    codes: Codes
    covers: Mapping[int, Cover]
    homes: Mapping[str, str]
    searched: bool

    def document(self, entry: Entry, marks: Marks, pages: Sequence[_Page]) -> IndexDocument:
        original = pages[0]
        return IndexDocument(
            key=entry.key,
            kind=entry.kind,
            language=original.language,
            reference=original.reference,
            team=original.team,
            lead=original.lead,
            countries=self._chosen(marks, "countries"),
            themes=self._chosen(marks, "themes"),
            years=(entry.start_year, entry.end_year),
            published=entry.published,
            cover=self.covers.get(original.cover) if original.cover else None,
            codes={name: tuple(sorted(values)) for name, values in self.codes.of(entry, marks).items()},
            texts={page.language: self._texts(page) for page in pages},
            labels=self._labels(marks) if self.searched else {},
            names=_names(entry, marks) if self.searched else (),
        )

    def _chosen(self, marks: Marks, field: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.codes.code(term) for name, term in marks.terms if name == field))

    def _texts(self, page: _Page) -> Texts:
        url = addresses.of_page(page.url_path, page.language, self.homes)
        return Texts(page.title, page.summary, page.body or "", url)

    def _labels(self, marks: Marks) -> dict[str, tuple[str, ...]]:
        labels: dict[str, list[str]] = {}
        for term in sorted(self.codes.label_terms(marks)):
            for language, label in self.codes.terms.get(term).labels.items():
                labels.setdefault(language, []).append(label)
        return {language: tuple(found) for language, found in labels.items()}


def _names(entry: Entry, marks: Marks) -> tuple[str, ...]:
    organisations = [name for _, name in [*([entry.lead] if entry.lead else []), *marks.partners]]
    return tuple(dict.fromkeys([*marks.tags, *organisations]))


def _cover(picture: Picture) -> Cover:
    rendition = picture.get_rendition(COVER)
    return Cover(rendition.url, rendition.width, rendition.height, rendition.alt)
