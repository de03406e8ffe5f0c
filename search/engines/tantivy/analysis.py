"""Words of the index: folded tokens for any language, and their stems for languages that have a stemmer.

Stems are made of folded tokens, on both sides alike, so that accents cannot matter. Where a stemmer knows endings
only with their accents, these are put back before it works.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from core.text import tokens

VERSION = 1
"""To be raised when the same text gives other words, so that older indexes are made anew."""
FOLDED = "folded"
BORDER = " | "
"""Between texts in one field: no query holds this token, so no phrase reaches across it."""
_STEMMERS: Mapping[str, str] = MappingProxyType(
    {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "da": "danish", "pt": "portuguese"}
)
STEMMED = (*_STEMMERS, "ar")
_ENDINGS: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = MappingProxyType(
    {
        "ru": ((re.compile(r"(?<=[аеиоуыэюя])и(?=$|ся$|те$|ш)"), "й"),),
        "es": ((re.compile(r"logia(s?)$"), r"logía\1"),),
        "pt": (
            (re.compile(r"(?<=[cs])ao$"), "ão"),
            (re.compile(r"(?<=[cs])oes$"), "ões"),
            (re.compile(r"c(ão|ões)$"), r"ç\1"),
            (re.compile(r"encia(s?)$"), r"ência\1"),
            (re.compile(r"a(?=vel$)"), "á"),
            (re.compile(r"i(?=vel$)"), "í"),
        ),
    }
)
_ARABIC_PREFIX = re.compile(r"^(?:و?(?:ال|بال|كال|فال)(?=..)|و?لل(?=..)|و(?=...))")
_ARABIC_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_SHORTEST = 3
_KEPT = 300
"""Characters of the longest text that may come again: a label, a title."""


def folded(texts: Iterable[str]) -> str:
    """The folded words of several texts as one value of a field."""
    return BORDER.join(words_of(text) for text in texts)


@lru_cache(maxsize=20_000)
def words_of(text: str) -> str:
    """Folded tokens joined by spaces; kept, because labels come again in many documents."""
    return " ".join(tokens(text))


def before_stemming(words: str, language: str) -> str:
    """Folded words, joined by spaces, as the analyser of a language's stemmed fields takes them."""
    if language not in _ENDINGS and language != "ar":
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
    return " ".join(_analyser(language).analyze(_prepared(word, language)))


def stemmed_analyser(language: str) -> str:
    """The name under which a language's analyser is registered."""
    return f"stemmed_{language}"


def analysers() -> dict[str, TextAnalyzer]:
    """All analysers by name, to be registered on an index each time it is opened."""
    return {FOLDED: _analyser("")} | {stemmed_analyser(language): _analyser(language) for language in STEMMED}


@lru_cache(maxsize=16)
def _analyser(language: str) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.whitespace())
    if language in _STEMMERS:
        builder = builder.filter(Filter.stemmer(_STEMMERS[language]))
    return builder.build()


@lru_cache(maxsize=50_000)
def _prepared(word: str, language: str) -> str:
    if language == "ar":
        return _arabic_stem(word)
    for ending, accented in _ENDINGS.get(language, ()):
        word = ending.sub(accented, word)
    return word


def _arabic_stem(word: str) -> str:
    """Article, conjunction and the commonest endings removed (“light 10”).

    The stemmer that tantivy brings also takes letters of the word itself: `بيانات`, data, loses its first one.
    """
    word = _ARABIC_PREFIX.sub("", word)
    for suffix in _ARABIC_SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            word = word.removesuffix(suffix)
    return word
