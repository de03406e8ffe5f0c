"""Entries like another one: by the facet values they share, the rarer the more, and by telling words."""

from __future__ import annotations

from collections.abc import Iterable

from tantivy import Occur, Searcher
from tantivy import Query as Clause

from search.documents import IndexDocument
from search.engines.likeness import SHARED
from search.engines.tantivy import schema
from search.engines.tantivy.analysis import words_of
from search.engines.tantivy.querying import Part, facet_value, only

WORDS = 12
"""The most telling words of each text that are looked for."""
WEIGHT_OF_WORDS = 0.5


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


def like(document: IndexDocument, excluded: frozenset[str]) -> Clause | None:
    """What shares a facet value with the document, itself and the excluded left out; None if it has none to share."""
    shared: list[Part] = [
        (Occur.Should, Clause.boost_query(facet_value(facet, value), weight))
        for facet, weight in SHARED.items()
        for value in document.codes[facet]
    ]
    if not shared:
        return None
    others: list[Part] = [(Occur.MustNot, only(key)) for key in (document.key, *sorted(excluded))]
    words: list[Part] = [(Occur.Should, Clause.boost_query(clause, WEIGHT_OF_WORDS)) for clause in _words(document)]
    return Clause.boolean_query([(Occur.Must, Clause.boolean_query(shared)), *words, *others])


def _words(document: IndexDocument) -> Iterable[Clause]:
    for texts in document.texts.values():
        for field, text in ((schema.TITLE, texts.title), (schema.SUMMARY, texts.summary)):
            words = words_of(text)
            if words:
                yield Clause.more_like_this_document_fields_query(
                    schema.schema(),
                    {field: [words]},
                    min_doc_frequency=2,
                    min_term_frequency=1,
                    max_query_terms=WORDS,
                    min_word_length=3,
                )
