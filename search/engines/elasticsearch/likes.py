"""Entries like another one: by the facet values they share, the rarer the more, and by telling words."""

from __future__ import annotations

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Bool
from elasticsearch.dsl.query import Query as Clause

from search.documents import IndexDocument
from search.engines.elasticsearch import schema
from search.engines.elasticsearch.querying import only
from search.engines.likeness import SHARED, SHORTEST, WEIGHT_OF_WORDS, WORDS
from search.engines.words import SUMMARY, TITLE, words_of


def like(document: IndexDocument, excluded: frozenset[str]) -> Clause | None:
    """What shares a facet value with the document, itself and the excluded left out; None if it has none to share."""
    shared = [
        Q("term", **{schema.of_facet(facet): {"value": value, "boost": weight}})
        for facet, weight in SHARED.items()
        for value in document.codes[facet]
    ]
    if not shared:
        return None
    others = [only(key) for key in (document.key, *sorted(excluded))]
    return Bool(must=[Bool(should=shared, minimum_should_match=1)], should=_words(document), must_not=others)


def _words(document: IndexDocument) -> list[Clause]:
    return [
        Q(
            "more_like_this",
            fields=[field],
            like=[words_of(text) for text in texts if text],
            min_term_freq=1,
            min_doc_freq=2,
            min_word_length=SHORTEST,
            max_query_terms=WORDS,
            minimum_should_match=1,
            boost=WEIGHT_OF_WORDS,
        )
        for field, texts in (
            (TITLE, [each.title for each in document.texts.values()]),
            (SUMMARY, [each.summary for each in document.texts.values()]),
        )
        if any(texts)
    ]
