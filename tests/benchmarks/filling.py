"""The same corpus in the site's engine and in the raw index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import tantivy

from core.text import tokens
from search.documents import IndexDocument
from search.engines.port import Build
from tests.benchmarks import raw
from tests.benchmarks.corpus import Corpus

BATCH = 500


def batches(documents: Iterable[IndexDocument]) -> Iterator[list[IndexDocument]]:
    """The documents as lists of a few hundred."""
    source = iter(documents)
    while batch := list(islice(source, BATCH)):
        yield batch


def fill(build: Build, path: Path, count: int) -> tantivy.Searcher:
    """Publish a corpus of this size in the site's engine, write it to a raw index too, and open that one."""
    own = raw.RawIndex(path)
    for batch in batches(Corpus().documents(count)):
        build.put(batch)
        for document in batch:
            own.put(raw_fields(document))
    build.publish()
    return own.finish()


def raw_fields(document: IndexDocument) -> dict[str, object]:
    """A document as the raw index takes it."""
    texts = list(document.texts.values())
    names = [*(label for labels in document.labels.values() for label in labels), *document.names]
    titles, summaries = [text.title for text in texts], [text.summary for text in texts]
    shown = texts[0]
    return {
        "title": _words(titles),
        "summary": _words(summaries),
        "text": _words([*titles, *summaries, *names, *(text.body for text in texts)]),
        "shown_title": shown.title,
        "shown_summary": shown.summary,
        "shown_body": shown.body,
        "shown_url": shown.url,
        **{facet: list(values) for facet, values in document.codes.items()},
    }


def _words(texts: Iterable[str]) -> str:
    return " ".join(tokens(" . ".join(texts)))
