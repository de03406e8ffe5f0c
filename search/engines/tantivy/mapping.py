"""Documents as tantivy takes them."""

from __future__ import annotations

from uuid import UUID

import tantivy

from search.documents import IndexDocument
from search.engines.stems import STEMMED, before_stemming
from search.engines.tantivy import schema
from search.engines.tantivy.schema import by_title, of_facet, of_language
from search.engines.words import BODY, BORDER, each_once, newest_key, title_key, words_by_language, words_of

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
    by_language = words_by_language(document)
    everything: dict[str, list[str]] = {name: [] for name in (*schema.PARTS, BODY)}
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


def _add_language(made: tantivy.Document, language: str, words: dict[str, str]) -> None:
    parts = [words[name] for name in schema.PARTS]
    if language in schema.content_languages():
        made.add_text(of_language("words", language), " ".join(each_once(parts)))
    if language not in STEMMED:
        return
    prepared = {name: before_stemming(found, language) for name, found in words.items()}
    for name in schema.PARTS:
        made.add_text(of_language(name, language), prepared[name])
    made.add_text(of_language(schema.TEXT, language), BORDER.join(prepared.values()))
