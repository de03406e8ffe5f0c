"""Documents as tantivy takes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import tantivy

from core.text import fold
from search.documents import IndexDocument
from search.engines.tantivy import schema
from search.engines.tantivy.analysis import BORDER, STEMMED, before_stemming, folded, words_of
from search.engines.tantivy.schema import by_title, of_facet, of_language

_LAST = 10**17
_HALF = 64


def to_tantivy(document: IndexDocument) -> tantivy.Document:
    """One document with all fields of the schema that it has something for."""
    made = tantivy.Document()
    made.add_text(schema.KEY, document.key)
    number = UUID(document.key).int
    made.add_unsigned(schema.KEY_HIGH, number >> _HALF)
    made.add_unsigned(schema.KEY_LOW, number & (1 << _HALF) - 1)
    made.add_bytes(schema.SOURCE, document.to_json(searched=False).encode())
    _add_codes(made, document)
    _add_orders(made, document)
    _add_words(made, document)
    return made


def newest_key(published: datetime | None, key: str) -> str:
    """Sorts ascending as the newest first, what was never published last, equal times by key."""
    micros = round(published.timestamp() * 1_000_000) if published else None
    return f"{_LAST if micros is None else _LAST - 1 - micros:018d}{key}"


def title_key(title: str, key: str) -> str:
    """Sorts ascending as folded titles, equal ones by key."""
    return f"{fold(title)}\0{key}"


def _add_codes(made: tantivy.Document, document: IndexDocument) -> None:
    for facet, values in document.codes.items():
        name = of_facet(facet)
        for value in values:
            if name == schema.YEAR:
                made.add_unsigned(name, int(value))
            else:
                made.add_text(name, value)


def _add_orders(made: tantivy.Document, document: IndexDocument) -> None:
    made.add_text(schema.NEWEST, newest_key(document.published, document.key))
    for language in schema.content_languages():
        _, texts = document.texts_for(language)
        made.add_text(by_title(language), title_key(texts.title, document.key))


def _add_words(made: tantivy.Document, document: IndexDocument) -> None:
    languages = {*document.texts, *document.labels}
    by_language = {language: _words(document, language) for language in languages}
    everything: dict[str, list[str]] = {name: [] for name in (*schema.PARTS, "body")}
    for language, words in by_language.items():
        for name, found in words.items():
            if found:
                everything[name].append(found)
        _add_language(made, language, words)
    for title in {words_of(texts.title) for texts in document.texts.values()}:
        made.add_text(schema.EXACT, title)
    for name in schema.PARTS:
        made.add_text(name, BORDER.join(everything[name]))
    made.add_text(schema.TEXT, BORDER.join(value for values in everything.values() for value in values))


def _words(document: IndexDocument, language: str) -> dict[str, str]:
    """Folded words by part in one language; tags and organisations go with the original's."""
    texts = document.texts.get(language)
    names = document.names if language == document.language else ()
    return {
        schema.TITLE: words_of(texts.title) if texts else "",
        schema.SUMMARY: words_of(texts.summary) if texts else "",
        schema.LABELS: folded([*document.labels.get(language, ()), *names]),
        "body": _body(texts.body) if texts else "",
    }


def _body(text: str) -> str:
    # Not kept: a body does not come again.
    return words_of.__wrapped__(text)


def _add_language(made: tantivy.Document, language: str, words: dict[str, str]) -> None:
    parts = [words[name] for name in schema.PARTS]
    if language in schema.content_languages():
        made.add_text(of_language("words", language), _once(parts))
    if language not in STEMMED:
        return
    prepared = {name: before_stemming(found, language) for name, found in words.items()}
    for name in schema.PARTS:
        made.add_text(of_language(name, language), prepared[name])
    made.add_text(of_language(schema.TEXT, language), BORDER.join(prepared.values()))


def _once(values: Iterable[str]) -> str:
    """All words once, without borders: only their numbers of documents are asked for."""
    return " ".join({word for value in values for word in value.split(" ")} - {BORDER.strip(), ""})
