"""The entries that visitors may find: each original with its findable translations, read with one SQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, IntegerField, Value, When

from cases.models import EntryPage
from core.visibility import findable
from search.words import Phrase

TITLE, SUMMARY, LABEL, BODY, NOWHERE = 4, 3, 2, 1, 0
"""Where a phrase was found, the better place the higher."""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One findable page of an entry and, phrase by phrase, the best place of its texts that holds it."""

    pk: int
    language: str
    title: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One findable entry. `lead` is the leading organisation's type (a term's key) and folded name."""

    pk: int
    key: str
    kind: str
    published: datetime | None
    start_year: int | None
    end_year: int | None
    lead: tuple[int, str] | None
    pages: tuple[FoundPage, ...]

    def place(self, phrase: int) -> int:
        """Where the best of its pages holds the phrase with this index."""
        return max(page.places[phrase] for page in self.pages)

    def page_for(self, language: str) -> FoundPage:
        """The page a reader of this language is shown: in that language, else the original."""
        return next((page for page in self.pages if page.language == language), self.pages[0])


_COLUMNS = (
    "pk",
    "original_id",
    "locale__language_code",
    "title",
    "translation_key",
    "first_published_at",
    "casestudypage__pk",
    "casestudypage__start_year",
    "casestudypage__end_year",
    "casestudypage__lead_organisation__type_id",
    "casestudypage__lead_organisation__search_name",
    "methodpage__owner_organisation__type_id",
    "methodpage__owner_organisation__search_name",
)


def read_entries(phrases: Sequence[Phrase], keys: Collection[str] | None = None) -> list[Entry]:
    """Findable entries in the order of their keys, all or those named, whether or not they hold the phrases."""
    places = {f"place_{number}": _place(phrase) for number, phrase in enumerate(phrases)}
    asked = EntryPage.objects.all() if keys is None else EntryPage.objects.filter(translation_key__in=keys)
    rows = list(findable(asked).annotate(**places).values_list(*_COLUMNS, *places))
    originals = {row[0]: row for row in rows if row[1] is None}
    pages: dict[int, list[FoundPage]] = {pk: [_page(row)] for pk, row in originals.items()}
    for row in sorted((row for row in rows if row[1] in originals), key=lambda row: row[2]):
        pages[row[1]].append(_page(row))
    entries = [_entry(row, tuple(pages[pk])) for pk, row in originals.items()]
    return sorted(entries, key=lambda entry: entry.key)


def _place(phrase: Phrase) -> Case:
    # Tokens hold neither % nor _, and `contains` would escape them.
    run = f" {' '.join(phrase)} "
    return Case(
        When(entry_text__title_words__contains=run, then=Value(TITLE)),
        When(entry_text__summary_words__contains=run, then=Value(SUMMARY)),
        When(entry_text__body_words__contains=run, then=Value(BODY)),
        default=Value(NOWHERE),
        output_field=IntegerField(),
    )


def _page(row: tuple[Any, ...]) -> FoundPage:
    return FoundPage(pk=row[0], language=row[2], title=row[3], places=tuple(row[len(_COLUMNS) :]))


def _entry(row: tuple[Any, ...], pages: tuple[FoundPage, ...]) -> Entry:
    pk, _, _, _, key, published, case, start, end, lead_type, lead, owner_type, owner = row[: len(_COLUMNS)]
    leader = (lead_type, lead) if lead_type else (owner_type, owner) if owner_type else None
    kind = "case" if case else "method"
    return Entry(pk, str(key), kind, published, start, end, leader, pages)
