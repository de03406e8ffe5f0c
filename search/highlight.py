"""Marks around found words, and the part of a long text that holds them. The text is escaped, the marks are not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.text import tokens
from search.words import Phrase

AROUND = 120
"""Characters of a snippet before and after the first found word."""
MAX_SCANNED = 4000
"""Words of a text that are looked at; longer texts are marked up to there."""
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_INSIDE = "\u00ad\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f"
_WORD = re.compile(rf"[{_HAN}]|(?:[^\W_{_HAN}][{_INSIDE}]*)+(?:['’‘ʼ`´](?:[^\W_{_HAN}][{_INSIDE}]*)+)*")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a found phrase stands."""

    start: int
    end: int


def highlight(text: str, phrases: Sequence[Phrase]) -> SafeString:
    """The whole text, escaped, with `<mark>` around each phrase."""
    normal = unicodedata.normalize("NFC", text)
    return _marked(normal, list(find(normal, phrases)), 0, len(normal))


def snippet(text: str, phrases: Sequence[Phrase]) -> SafeString:
    """The surroundings of the first found phrase, escaped and marked; empty when none is found."""
    normal = unicodedata.normalize("NFC", text)
    spans = find(normal, phrases)
    first = next(spans, None)
    if first is None:
        return mark_safe("")
    start = _break(normal, max(0, first.start - AROUND), first.start)
    near = [first, *(span for span in islice(spans, 20) if span.end <= first.end + AROUND)]
    end = _break_before(normal, first.end, first.end + AROUND)
    marked = _marked(normal, [span for span in near if span.end <= end], start, end)
    before, after = "… " if start else "", " …" if end < len(normal) else ""
    return mark_safe(before + marked + after)


def find(text: str, phrases: Sequence[Phrase]) -> Iterator[Span]:
    """Places of the phrases in order, none overlapping; the text must be in Unicode's composed form."""
    by_first: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append(phrase)
    words = _words(text)
    position = 0
    while position < len(words) and by_first:
        word = words[position][0]
        run = next((p for p in by_first.get(word, ()) if _stands(words, position, p)), None)
        if run is None:
            position += 1
            continue
        last = position + len(run) - 1
        yield Span(words[position][1], words[last][2])
        # Tokens of one written word (`aujourd'hui`) share its place.
        position = last + 1
        while position < len(words) and words[position][1] < words[last][2]:
            position += 1


def _stands(words: Sequence[tuple[str, int, int]], position: int, phrase: Phrase) -> bool:
    return tuple(word for word, _, _ in words[position : position + len(phrase)]) == phrase


def _words(text: str) -> list[tuple[str, int, int]]:
    matches = islice(_WORD.finditer(text), MAX_SCANNED)
    return [(token, match.start(), match.end()) for match in matches for token in tokens(match[0])]


def _marked(text: str, spans: Sequence[Span], start: int, end: int) -> SafeString:
    parts, position = [], start
    for span in spans:
        parts += [escape(text[position : span.start]), "<mark>", escape(text[span.start : span.end]), "</mark>"]
        position = span.end
    return mark_safe("".join([*parts, escape(text[position:end])]))


def _break(text: str, start: int, limit: int) -> int:
    """The beginning of the first whole word from `start` on, or `start` in a script without spaces."""
    if start == 0:
        return 0
    space = text.find(" ", start, limit)
    return start if space < 0 else space + 1


def _break_before(text: str, limit: int, end: int) -> int:
    """The end of the last whole word before `end`, or `end` in a script without spaces."""
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", limit, end)
    return end if space < 0 else space
