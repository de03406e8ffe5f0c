"""Documents from the database: for many entries at once with a constant number of SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from django.db.models import Prefetch
from django.utils import timezone

from cases.models import EntryPage
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
LEADERS = ("casestudypage__lead_organisation", "methodpage__owner_organisation")


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
    return [
        _document(entry, marks.get(entry.pk) or Marks(), codes, [pages[pk] for pk in shown[entry.pk]], searched)
        for entry in entries
        if all(pk in pages for pk in shown[entry.pk])
    ]


def _shown(entry: Entry, language: str) -> list[int]:
    pages = [entry.pages[0], entry.page_for(language)] if language else entry.pages
    return list(dict.fromkeys(page.pk for page in pages))


def _pages(pks: Collection[int]) -> dict[int, EntryPage]:
    covers = Picture.objects.prefetch_related(
        Prefetch("renditions", PictureRendition.objects.filter(filter_spec=COVER), to_attr="prefetched_renditions")
    )
    pages: dict[int, EntryPage] = (
        EntryPage.objects.filter(pk__in=pks)
        .select_related("team", "locale", "entry_text", *LEADERS)
        .prefetch_related(Prefetch("cover", covers))
        .defer("story", "basis")
        .in_bulk()
    )
    return pages


def _document(entry: Entry, marks: Marks, codes: Codes, pages: list[EntryPage], searched: bool) -> IndexDocument:
    original = pages[0]
    return IndexDocument(
        key=entry.key,
        kind=entry.kind,
        language=original.locale.language_code,
        reference=original.reference,
        team=original.team.name,
        lead=_lead(original),
        countries=_codes(marks, codes, "countries"),
        themes=_codes(marks, codes, "themes"),
        years=(entry.start_year, entry.end_year),
        published=entry.published,
        cover=_cover(original.cover),
        codes={name: tuple(sorted(values)) for name, values in codes.of(entry, marks).items()},
        texts={page.locale.language_code: _texts(page) for page in pages},
        labels=_labels(marks, codes) if searched else {},
        names=_names(entry, marks) if searched else (),
    )


def _codes(marks: Marks, codes: Codes, field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes.code(term) for name, term in marks.terms if name == field))


def _texts(page: EntryPage) -> Texts:
    text = getattr(page, "entry_text", None)
    return Texts(page.title, page.summary, text.body if text else "", page.get_url() or "")


def _labels(marks: Marks, codes: Codes) -> dict[str, tuple[str, ...]]:
    labels: dict[str, list[str]] = {}
    for term in sorted(codes.label_terms(marks)):
        for language, label in codes.terms.get(term).labels.items():
            labels.setdefault(language, []).append(label)
    return {language: tuple(found) for language, found in labels.items()}


def _names(entry: Entry, marks: Marks) -> tuple[str, ...]:
    organisations = [name for _, name in [*([entry.lead] if entry.lead else []), *marks.partners]]
    return tuple(dict.fromkeys([*marks.tags, *organisations]))


def _lead(page: EntryPage) -> str:
    case, method = getattr(page, "casestudypage", None), getattr(page, "methodpage", None)
    organisation = case.lead_organisation if case else method.owner_organisation if method else None
    return organisation.name if organisation else ""


def _cover(picture: Picture | None) -> Cover | None:
    if picture is None:
        return None
    rendition = picture.get_rendition(COVER)
    return Cover(rendition.url, rendition.width, rendition.height, rendition.alt)
