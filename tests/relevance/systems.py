"""What is compared: the site's own engines, and two plain ones over the same words of the same documents."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from django.http import QueryDict

import tantivy

from core.text import tokens
from search.documents import IndexDocument
from search.engines.port import Engine
from search.query import Query
from search.synonyms.expansion import expanded
from search.words import Phrase, parse_text
from tests.relevance.ndcg import CUT, Judged

Ranking = Callable[[Judged], list[str]]
"""Keys of the first ten hits, best first."""


def site_engine(engine: Engine) -> Ranking:
    """One of the site's engines, asked as the search page asks it."""

    def rank(each: Judged) -> list[str]:
        query, _ = Query.parse(QueryDict(urlencode({"q": each.query})), each.language)
        return [hit.document.key for hit in engine.search(expanded(query)).hits][:CUT]

    return rank


def plain_match(documents: Sequence[IndexDocument]) -> Ranking:
    """BM25 of tantivy over one field of folded words, without stems, weights or synonyms: any word matches.

    This is what one `match` query on one field of everything gives in a search server.
    """
    schema = tantivy.SchemaBuilder().add_text_field("key", stored=True, tokenizer_name="raw")
    schema = schema.add_text_field("text", tokenizer_name="whitespace").build()
    index = tantivy.Index(schema)
    writer = index.writer(15_000_000, 1)
    for document in documents:
        writer.add_document(tantivy.Document(key=document.key, text=" ".join(tokens(" . ".join(everything(document))))))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def rank(each: Judged) -> list[str]:
        text, _ = parse_text(each.query)
        wanted = [*((token,) for run in text.words for token in run), *text.phrases]
        clauses = [(tantivy.Occur.Should, _run(schema, run)) for run in wanted]
        hits = searcher.search(tantivy.Query.boolean_query(clauses), CUT).hits
        return [searcher.doc(address).get_first("key") for _, address in hits]

    return rank


def full_text(documents: Sequence[IndexDocument]) -> Ranking:
    """SQLite FTS5 with its English stemmer over title, summary, labels and body: all words must match, bm25 orders."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE entry USING"
        " fts5(key UNINDEXED, title, summary, labels, body, tokenize='porter unicode61 remove_diacritics 2')"
    )
    rows = [(document.key, *_parts(document)) for document in documents]
    connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", rows)

    def rank(each: Judged) -> list[str]:
        parts = [phrase or word for phrase, word in re.findall(r'"([^"]*)"|(\S+)', each.query)]
        wanted = " ".join('"' + part.replace('"', "") + '"' for part in parts if tokens(part))
        found = connection.execute("SELECT key FROM entry WHERE entry MATCH ? ORDER BY rank LIMIT ?", (wanted, CUT))
        return [key for (key,) in found]

    return rank


def named(ranking: Ranking, names: Mapping[str, str]) -> Ranking:
    """The same ranking by external id."""
    return lambda each: [names[key] for key in ranking(each)]


def everything(document: IndexDocument) -> list[str]:
    """All texts of a document that words may be found in."""
    return list(_parts(document))


def _parts(document: IndexDocument) -> tuple[str, str, str, str]:
    texts = document.texts.values()
    labels = [label for labels in document.labels.values() for label in labels]
    return (
        " . ".join(text.title for text in texts),
        " . ".join(text.summary for text in texts),
        " . ".join([*labels, *document.names]),
        " . ".join(text.body for text in texts),
    )


def _run(schema: tantivy.Schema, run: Phrase) -> tantivy.Query:
    if len(run) == 1:
        return tantivy.Query.term_query(schema, "text", run[0])
    return tantivy.Query.phrase_query(schema, "text", list(run))
