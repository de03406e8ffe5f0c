"""Stems of folded words, by tantivy's stemmers and a light one for Arabic; and marks where a stem was found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from search.engines.words import BORDER, has_restored_endings, restored
from search.highlight import Marker
from search.words import Text

_STEMMERS: Mapping[str, str] = MappingProxyType(
    {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "da": "danish", "pt": "portuguese"}
)
STEMMED = (*_STEMMERS, "ar")
_ARABIC_PREFIX = re.compile(r"^(?:و?(?:ال|بال|كال|فال)(?=..)|و?لل(?=..)|و(?=...))")
_ARABIC_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_SHORTEST = 3
_KEPT = 300
"""Characters of the longest text that may come again: a label, a title."""


def before_stemming(words: str, language: str) -> str:
    """Folded words, joined by spaces, as the analyser of a language's stemmed fields takes them."""
    if language != "ar" and not has_restored_endings(language):
        return words
    return BORDER.join(
        (_prepared_run if len(run) <= _KEPT else _prepared_run.__wrapped__)(run, language)
        for run in words.split(BORDER)
    )


@lru_cache(maxsize=20_000)
def _prepared_run(words: str, language: str) -> str:
    return " ".join(_prepared(word, language) for word in words.split(" "))


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem of one folded token; the token itself in a language without a stemmer."""
    if language not in STEMMED:
        return word
    return " ".join(analyser(language).analyze(_prepared(word, language)))


@lru_cache(maxsize=16)
def analyser(language: str) -> TextAnalyzer:
    """What cuts folded words at spaces and makes the stems of a language; of `""` and unknown ones no stems."""
    builder = TextAnalyzerBuilder(Tokenizer.whitespace())
    if language in _STEMMERS:
        builder = builder.filter(Filter.stemmer(_STEMMERS[language]))
    return builder.build()


@lru_cache(maxsize=50_000)
def _prepared(word: str, language: str) -> str:
    return _arabic_stem(word) if language == "ar" else restored(word, language)


def _arabic_stem(word: str) -> str:
    """Article, conjunction and the commonest endings removed (“light 10”).

    The stemmer that tantivy brings also takes letters of the word itself: `بيانات`, data, loses its first one.
    """
    word = _ARABIC_PREFIX.sub("", word)
    for suffix in _ARABIC_SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            word = word.removesuffix(suffix)
    return word


@lru_cache(maxsize=256)
def marker(text: Text, language: str) -> Marker:
    """What marks the words of a text; kept, because the pages of one search follow each other."""
    if language not in STEMMED:
        return Marker(text.marked)
    words = [run for group in text.wanted_groups[: len(text.words)] for run in group]
    return Marker(text.phrases, words, lambda word: stem(word, language))
