"""Words as every engine with an index keeps them: folded tokens, by language and by the place where they stand.

Stems are made of folded tokens, on both sides alike, so that accents cannot matter. Where a stemmer knows endings
only with their accents, these are put back before it works.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from core.text import fold, tokens
from search.documents import IndexDocument

BORDER: Final = " | "
"""Between texts in one field: no query holds this token, so no phrase reaches across it."""
TITLE, SUMMARY, LABELS, BODY = "title", "summary", "labels", "body"
PLACES: Final = (TITLE, SUMMARY, LABELS)
"""Where a word tells more than in the body, the best first."""
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
_LAST: Final = 10**17


def words_by_language(document: IndexDocument) -> dict[str, dict[str, str]]:
    """Folded words of a document by language and place; tags and organisations go with the original's."""
    return {language: _words(document, language) for language in {*document.texts, *document.labels}}


def folded(texts: Iterable[str]) -> str:
    """The folded words of several texts as one value of a field."""
    return BORDER.join(words_of(text) for text in texts)


@lru_cache(maxsize=20_000)
def words_of(text: str) -> str:
    """Folded tokens joined by spaces; kept, because labels come again in many documents."""
    return " ".join(tokens(text))


def each_once(values: Iterable[str]) -> list[str]:
    """All words of some values of fields, once and without borders."""
    return sorted({word for value in values for word in value.split(" ")} - {BORDER.strip(), ""})


def has_restored_endings(language: str) -> bool:
    """Whether `restored` changes anything in this language."""
    return language in _ENDINGS


@lru_cache(maxsize=50_000)
def restored(word: str, language: str) -> str:
    """A folded word with the accents of its ending that the stemmer of its language goes by."""
    for ending, accented in _ENDINGS.get(language, ()):
        word = ending.sub(accented, word)
    return word


def newest_key(published: datetime | None, key: str) -> str:
    """Sorts ascending as the newest first, what was never published last, equal times by key."""
    micros = round(published.timestamp() * 1_000_000) if published else None
    return f"{_LAST if micros is None else _LAST - 1 - micros:018d}{key}"


def title_key(title: str, key: str) -> str:
    """Sorts ascending as folded titles, equal ones by key."""
    return f"{fold(title)}\0{key}"


def _words(document: IndexDocument, language: str) -> dict[str, str]:
    texts = document.texts.get(language)
    names = document.names if language == document.language else ()
    return {
        TITLE: words_of(texts.title) if texts else "",
        SUMMARY: words_of(texts.summary) if texts else "",
        LABELS: folded([*document.labels.get(language, ()), *names]),
        # Not kept: a body does not come again.
        BODY: words_of.__wrapped__(texts.body) if texts else "",
    }
