"""Entries like another one: by the facet values they share, the rarer the more, and by telling words."""

from __future__ import annotations

from collections.abc import Iterable

from tantivy import Occur, Searcher
from tantivy import Query as Clause

from search.documents import IndexDocument
from search.engines.likeness import SHARED, SHORTEST, WEIGHT_OF_WORDS, WORDS
from search.engines.tantivy import schema
from search.engines.tantivy.querying import Part, facet_value, only
from search.engines.words import SUMMARY, TITLE, words_of


def stored(searcher: Searcher, key: str) -> IndexDocument | None:
    """The document of an entry as it is in the index."""
    hits = searcher.search(only(key), 1).hits
    return read(searcher, hits[0][1]) if hits else None


def read(searcher: Searcher, address: object) -> IndexDocument:
    """The document at an address. Raises `ValueError` when it cannot be read."""
    line = searcher.doc(address).get_first(schema.SOURCE)  # type: ignore[arg-type]
    if line is None:
        raise ValueError("A document of the index has lost its source.")
    return IndexDocument.from_json(bytes(line).decode())


def like(searcher: Searcher, document: IndexDocument, excluded: frozenset[str]) -> Clause | None:
    """What shares a facet value with the document, itself and the excluded left out; None if it has none to share."""
    shared: list[Part] = [
        (Occur.Should, Clause.boost_query(facet_value(facet, value), weight))
        for facet, weight in SHARED.items()
        for value in document.codes[facet]
    ]
    if not shared:
        return None
    others: list[Part] = [(Occur.MustNot, only(key)) for key in (document.key, *sorted(excluded))]
    telling = [Clause.boost_query(clause, WEIGHT_OF_WORDS) for clause in _words(searcher, document)]
    words: list[Part] = [(Occur.Should, clause) for clause in telling]
    return Clause.boolean_query([(Occur.Must, Clause.boolean_query(shared)), *words, *others])


def _words(searcher: Searcher, document: IndexDocument) -> Iterable[Clause]:
    """Terms of the telling words of each title and summary.

    Tantivy's own "more like this" panics where deleted documents are not merged away yet: it compares a word's
    documents, deleted ones among them, with the number of those alive.
    """
    for texts in document.texts.values():
        for field, text in ((TITLE, texts.title), (SUMMARY, texts.summary)):
            for word in _telling(searcher, field, words_of(text).split()):
                yield Clause.term_query(schema.schema(), field, word)


def _telling(searcher: Searcher, field: str, words: Iterable[str]) -> list[str]:
    """The rarest words that another document has too."""
    found = {word: searcher.doc_freq(field, word) for word in words if len(word) >= SHORTEST}
    return sorted((word for word, documents in found.items() if documents > 1), key=lambda w: (found[w], w))[:WORDS]
