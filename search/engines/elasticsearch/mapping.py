"""Documents as Elasticsearch takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from search.documents import IndexDocument
from search.engines.elasticsearch import schema
from search.engines.elasticsearch.schema import STEMMERS, by_title, of_facet, of_language
from search.engines.words import (
    BODY,
    BORDER,
    LABELS,
    PLACES,
    SUMMARY,
    TITLE,
    each_once,
    has_restored_endings,
    newest_key,
    restored,
    title_key,
    words_by_language,
    words_of,
)

Source = dict[str, Any]
Weights = dict[str, int]
WEIGHTS: Final = MappingProxyType({TITLE: 5, SUMMARY: 3, LABELS: 2, BODY: 1})
"""How often a word is counted for each place where it stands."""


def to_source(document: IndexDocument) -> Source:
    """One document with all fields that it has something for."""
    return {
        schema.KEY: document.key,
        schema.STORED: document.to_json(searched=False),
        schema.NEWEST: newest_key(document.published, document.key),
        schema.EXACT: sorted({words_of(texts.title) for texts in document.texts.values()}),
        **_titles(document),
        **{of_facet(facet): list(values) for facet, values in document.codes.items() if values},
        **_words(document),
    }


def for_stemmer(words: str, language: str) -> str:
    """Folded words, joined by spaces, with the endings that Elasticsearch's stemmer of the language goes by."""
    if not has_restored_endings(language):
        return words
    return " ".join(restored(word, language) for word in words.split(" "))


def _titles(document: IndexDocument) -> Source:
    keys = {language: title_key(texts.title, document.key) for language, texts in document.texts.items()}
    languages = schema.content_languages()
    return {by_title(each): keys.get(each, keys[document.language]) for each in languages}


def _words(document: IndexDocument) -> Source:
    by_language = words_by_language(document)
    source: Source = {name: [words[name] for words in by_language.values() if words[name]] for name in (TITLE, SUMMARY)}
    texts = {language: _runs(words.values()) for language, words in by_language.items()}
    weights = {language: _weights(words) for language, words in by_language.items()}
    source[schema.TEXT] = [run for runs in texts.values() for run in runs]
    source[schema.WEIGHTED] = _weighted(_heaviest(weights.values()))
    for language, words in by_language.items():
        if language in schema.content_languages():
            source[of_language("words", language)] = each_once(words[name] for name in PLACES)
        if language in STEMMERS:
            source[of_language(schema.TEXT, language)] = [for_stemmer(run, language) for run in texts[language]]
            source[of_language(schema.WEIGHTED, language)] = for_stemmer(_weighted(weights[language]), language)
    return source


def _runs(values: Iterable[str]) -> list[str]:
    """The texts that stand in some values, each a value of its own, so that no phrase reaches from one to the next."""
    return [run for value in values for run in value.split(BORDER) if run]


def _weights(places: Mapping[str, str]) -> Weights:
    """How much each word counts, by the places of one language where it stands."""
    weights: Weights = {}
    for place, weight in WEIGHTS.items():
        for word in set(places[place].split()):
            weights[word] = weights.get(word, 0) + weight
    weights.pop(BORDER.strip(), None)
    return weights


def _heaviest(found: Iterable[Weights]) -> Weights:
    """The weights of all languages, of each word the best."""
    first, *others = sorted(found, key=len, reverse=True)
    heaviest = dict(first)
    for weights in others:
        for word, weight in weights.items():
            if weight > heaviest.get(word, 0):
                heaviest[word] = weight
    return heaviest


def _weighted(weights: Weights) -> str:
    """Each word as often as it weighs."""
    return " ".join(word if weight == 1 else " ".join([word] * weight) for word, weight in weights.items())
