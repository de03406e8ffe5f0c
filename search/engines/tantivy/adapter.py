"""The adapter: the port's methods, each one call on one searcher or one writer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from django.conf import settings

import tantivy
from tantivy import Searcher

from search.documents import IndexDocument
from search.engines.port import Health, SearchUnavailable
from search.engines.stems import marker
from search.engines.tantivy import schema
from search.engines.tantivy.counting import count_facets, total
from search.engines.tantivy.likes import like, read, stored
from search.engines.tantivy.ordering import keys_of_hits, page_of_hits
from search.engines.tantivy.querying import Matching
from search.engines.tantivy.reading import Reader
from search.engines.tantivy.store import Store
from search.engines.tantivy.trouble import guarded
from search.engines.tantivy.writing import TantivyBuild, change, compact
from search.facets import FACETS
from search.listing import list_facet, year_bounds
from search.query import Query
from search.results import Document, Removal, Results


class TantivyEngine:
    """Search in an index of tantivy on this machine's disk."""

    name = "tantivy"

    def __init__(self) -> None:
        self._reader = Reader()

    def search(self, query: Query) -> Results:
        """Answer from the index alone; of the database only the terms are asked."""
        searcher = self._searcher()
        with guarded("Searching"):
            matching = Matching(query)
            clause = matching.scored(searcher) if query.order == "relevance" else matching.under()
            number, page, addresses = page_of_hits(searcher, clause, query)
            documents = [read(searcher, address) for address in addresses]
            counts = count_facets(searcher, matching, query)
            removals = () if number else _removals(searcher, matching, query)
        mark = marker(query.text, query.language)
        return Results(
            total=number,
            page=page,
            hits=tuple(mark.hit(document, query.language) for document in documents),
            facets=tuple(list_facet(facet, counts[name], query) for name, facet in FACETS.items()),
            years=year_bounds(counts["year"]),
            removals=removals,
        )

    def scan(self, query: Query) -> Iterator[str]:
        """Keys from one view of the index, so many at a time."""
        searcher = self._searcher()
        with guarded("Searching"):
            matching = Matching(query)
            clause = matching.scored(searcher) if query.order == "relevance" else matching.under()
            yield from keys_of_hits(searcher, clause, query)

    def similar(
        self, key: str, language: str, limit: int, excluded: frozenset[str] = frozenset()
    ) -> tuple[Document, ...]:
        """Entries that share facet values and telling words; more like this, as search engines say."""
        searcher = self._searcher()
        with guarded("Looking for similar entries"):
            document = stored(searcher, key) if key not in excluded else None
            clause = like(searcher, document, excluded) if document else None
            hits = searcher.search(clause, limit).hits if clause and limit else []
            found = [read(searcher, address) for _, address in hits]
        return tuple(document.card(language) for document in found)

    def vocabulary(self, language: str) -> Mapping[str, int]:
        """Words of titles, summaries and labels in a language; those of entries that were taken out are not counted."""
        if language not in schema.content_languages():
            return {}
        searcher = self._searcher()
        with guarded("Reading the vocabulary"):
            field = schema.of_language("words", language)
            found = searcher.terms_with_prefix(field, "", filter_query=tantivy.Query.all_query())
        return {word: count for word, count in found if count}

    def version(self) -> str:
        """The name of the live generation."""
        with guarded("Looking for the search index"):
            return self._store().current()

    def put(self, documents: Iterable[IndexDocument]) -> None:
        """Write these documents into the live index, in one commit; searches see them from then on."""
        change(self._store(), documents)

    def remove(self, keys: Iterable[str]) -> None:
        """Take these entries out of the live index, in one commit."""
        change(self._store(), (), keys)

    def begin_rebuild(self) -> TantivyBuild:
        """Start a new generation; what an interrupted one left is removed first."""
        return TantivyBuild(self._store())

    def compact(self) -> None:
        """Merge what killed writers left in pieces."""
        compact(self._store())

    def health(self) -> Health:
        """Count, aggregate and read one document: what a broken file would show in."""
        try:
            searcher = self._searcher()
            with guarded("Trying the search index"):
                _try(searcher)
                return Health(True, self._store().current(), searcher.num_docs, self._store().published())
        except SearchUnavailable as error:
            return Health(ok=False, detail=str(error))

    def _searcher(self) -> Searcher:
        with guarded("Looking for the search index"):
            return self._reader.searcher(self._store())

    def _store(self) -> Store:
        return Store(Path(settings.DATA_DIR) / "index", schema.fingerprint())


def _removals(searcher: Searcher, matching: Matching, query: Query) -> tuple[Removal, ...]:
    """What leaving out the words, or one facet's choice, would give; only where that is something."""
    totals = {"q": total(searcher, matching.without_words())} if query.text else {}
    totals |= {name: total(searcher, matching.under(except_for=name)) for name in query.chosen}
    return tuple(Removal(name, number) for name, number in totals.items() if number)


def _try(searcher: Searcher) -> None:
    everything = tantivy.Query.all_query()
    matching = Matching(Query())
    count_facets(searcher, matching, Query())
    for _, address in searcher.search(everything, 1).hits:
        read(searcher, address)
