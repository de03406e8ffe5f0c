"""Search with SQL alone: always consistent with the pages, on any database, without an index of its own.

It reads every findable entry's facet rows, so its cost grows with the site; other engines serve larger ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone

from cases.models import EntryPage
from cases.terms import current_terms
from core.text import fold, tokens
from core.visibility import findable
from search import texts
from search.codes import Codes
from search.collecting import documents
from search.documents import IndexDocument
from search.engines.likeness import likeness
from search.engines.port import Health
from search.engines.selection import Bits, Selection, positions
from search.entries import BODY, LABEL, NOWHERE, SUMMARY, TITLE, Entry, read_entries
from search.facets import FACETS
from search.highlight import Marker
from search.labels import labelled, named
from search.listing import list_facet, year_bounds
from search.marks import Marks, read_marks
from search.query import PAGE_SIZE, Query, last_page
from search.results import Document, Hit, Removal, Results
from search.words import Phrase


class DatabaseEngine:
    """The adapter whose index is the database itself."""

    name = "database"

    def search(self, query: Query) -> Results:
        """Answer with a constant number of SQL, whatever the number of entries and hits."""
        return _Search(query).results()

    def scan(self, query: Query) -> Iterator[str]:
        """Read all rows, as a search does, and give their keys."""
        yield from _Search(query).keys()

    def similar(
        self, key: str, language: str, limit: int, excluded: frozenset[str] = frozenset()
    ) -> tuple[Document, ...]:
        """Entries that share the most facet values, by a constant number of SQL."""
        return _Likes(key, excluded).cards(language, limit)

    def vocabulary(self, language: str) -> Mapping[str, int]:
        """Words of titles and summaries of all findable pages in a language: one SQL that reads them all."""
        pages = findable(EntryPage.objects.filter(locale__language_code=language)).order_by()
        rows = pages.values_list("entry_text__title_words", "entry_text__summary_words")
        words = (set(f"{title or ''} {summary or ''}".split()) for title, summary in rows)
        return Counter(word for found in words for word in found)

    def version(self) -> str:
        """Always the same: nothing is made anew."""
        return self.name

    def put(self, documents: Iterable[IndexDocument]) -> None:
        """Do nothing: words are written in the transaction of the page, facets are read from the pages."""

    def remove(self, keys: Iterable[str]) -> None:
        """Do nothing: a page that is gone or not findable is not read."""

    def begin_rebuild(self) -> _Refolding:
        """Get ready to fold the words of all pages again, for the day when folding itself has changed."""
        return _Refolding()

    def compact(self) -> None:
        """Do nothing: the database looks after itself."""

    def health(self) -> Health:
        """The database answers or the whole site does not; say how many entries can be found."""
        entries = findable(EntryPage.objects.filter(original__isnull=True)).count()
        return Health(ok=True, detail=f"{entries} entries can be found", documents=entries)


class _Refolding:
    """A build whose work is done at its end: it takes no documents, it reads the pages themselves."""

    def __init__(self) -> None:
        self._keys: set[str] = set()

    def put(self, documents: Iterable[IndexDocument]) -> None:
        self._keys |= {document.key for document in documents}

    def remove(self, keys: Iterable[str]) -> None:
        self._keys -= set(keys)

    def count(self) -> int:
        return len(self._keys)

    def publish(self) -> None:
        texts.rebuild()

    def discard(self) -> None:
        self._keys.clear()


class _Likes:
    """The entries in the order of what they share with one of them."""

    def __init__(self, key: str, excluded: frozenset[str]) -> None:
        self.entries = [entry for entry in read_entries(()) if entry.key not in excluded]
        self.marks = read_marks([entry.pk for entry in self.entries])
        self.codes = Codes(current_terms(), timezone.now().year)
        self.like = next((entry for entry in self.entries if entry.key == key), None)

    def cards(self, language: str, limit: int) -> tuple[Document, ...]:
        if self.like is None:
            return ()
        wanted = self._codes(self.like)
        scores = {entry.key: likeness(wanted, self._codes(entry)) for entry in self.entries if entry is not self.like}
        found = [entry for entry in self.entries if scores.get(entry.key)]
        found.sort(key=lambda entry: (-scores[entry.key], entry.key))
        cards = documents(found[:limit], self.marks, self.codes, language)
        return tuple(document.card(language) for document in cards)

    def _codes(self, entry: Entry) -> Mapping[str, set[str]]:
        return self.codes.of(entry, self.marks.get(entry.pk) or Marks())


class _Search:
    """One search: what it read, and what follows from it."""

    def __init__(self, query: Query) -> None:
        self.query = query
        runs = list(dict.fromkeys([*query.text.marked, *query.text.exclusions]))
        self.entries = [e for e in read_entries(runs) if e.key not in query.excluded]
        self.marks = read_marks([entry.pk for entry in self.entries])
        self.codes = Codes(current_terms(), timezone.now().year)
        self.selection = Selection([self.codes.of(e, self.marks_of(e)) for e in self.entries], query.chosen)
        places = {run: self._places(number, run) for number, run in enumerate(runs)}
        self.wanted = [
            [max(best) for best in zip(*(places[run] for run in group), strict=True)]
            for group in query.text.wanted_groups
        ]
        self.unwanted = [places[run] for run in query.text.exclusions]

    def marks_of(self, entry: Entry) -> Marks:
        return self.marks.get(entry.pk) or Marks()

    def keys(self) -> Iterator[str]:
        return (entry.key for entry in self._ordered(self.selection.under(self._matched())))

    def results(self) -> Results:
        matched = self._matched()
        hits = self.selection.under(matched)
        total = hits.bit_count()
        page = min(self.query.page, last_page(total))
        shown = self._ordered(hits)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        counts = {name: self.selection.counts(matched, name, self.query.values(name)) for name in FACETS}
        return Results(
            total=total,
            page=page,
            hits=self._hits(shown),
            facets=tuple(list_facet(facet, counts[name], self.query) for name, facet in FACETS.items()),
            years=year_bounds(counts["year"]),
            removals=() if total else self._removals(matched),
        )

    def _places(self, number: int, phrase: Phrase) -> list[int]:
        """By entry, the best place that holds the phrase: a text, or a label, tag or organisation's name."""
        terms = labelled(self.codes.terms, phrase)
        return [max(entry.place(number), LABEL if self._is_named(entry, terms, phrase) else NOWHERE)
                for entry in self.entries]  # fmt: skip

    def _is_named(self, entry: Entry, terms: frozenset[int], phrase: Phrase) -> bool:
        marks = self.marks_of(entry)
        if terms and not terms.isdisjoint(self.codes.label_terms(marks)):
            return True
        organisations = [name for _, name in [*([entry.lead] if entry.lead else []), *marks.partners]]
        return named([*marks.tags, *organisations], phrase)

    def _matched(self) -> Bits:
        keys = self.query.keys
        bits = 0
        for position, entry in enumerate(self.entries):
            holds = all(places[position] for places in self.wanted)
            holds = holds and not any(places[position] for places in self.unwanted)
            if holds and (keys is None or entry.key in keys):
                bits |= 1 << position
        return bits

    def _ordered(self, hits: Bits) -> list[Entry]:
        sort_key = {"relevance": self._by_relevance, "newest": self._by_newest, "title": self._by_title}
        return [self.entries[n] for n in sorted(positions(hits), key=sort_key[self.query.order])]

    def _by_relevance(self, position: int) -> tuple[Any, ...]:
        entry = self.entries[position]
        found = [places[position] for places in self.wanted]
        words = [token for phrase in self.query.text.wanted for token in phrase]
        is_title = any(tokens(page.title) == words for page in entry.pages)
        places = (-found.count(place) for place in (TITLE, SUMMARY, LABEL, BODY))
        return (not is_title, *places, *self._by_newest(position))

    def _by_newest(self, position: int) -> tuple[Any, ...]:
        entry = self.entries[position]
        return (-entry.published.timestamp() if entry.published else float("inf"), entry.key)

    def _by_title(self, position: int) -> tuple[Any, ...]:
        entry = self.entries[position]
        return (fold(entry.page_for(self.query.language).title), entry.key)

    def _hits(self, entries: Sequence[Entry]) -> tuple[Hit, ...]:
        language = self.query.language
        found = documents(entries, self.marks, self.codes, language) if entries else []
        marker = Marker(self.query.text.marked)
        return tuple(marker.hit(document, language) for document in found)

    def _removals(self, matched: Bits) -> tuple[Removal, ...]:
        """What leaving out the words, or one facet's choice, would give; only where that is something."""
        totals = {"q": self.selection.under(self._listed())} if self.query.text else {}
        totals |= {name: self.selection.under(matched, except_for=name) for name in self.query.chosen}
        return tuple(Removal(name, bits.bit_count()) for name, bits in totals.items() if bits)

    def _listed(self) -> Bits:
        keys = self.query.keys
        return sum(1 << n for n, entry in enumerate(self.entries) if keys is None or entry.key in keys)
