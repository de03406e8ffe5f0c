"""Marks around found words, and the part of a long text that holds them. The text is escaped, the marks are not.

A pattern finds where a word may stand, at the speed of regular expressions; only there the text is split into words
and compared folded, or by stem where the engine matched by stems.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape
from itertools import islice

from django.utils.safestring import SafeString, mark_safe

from core.text import fold, tokens
from search.documents import IndexDocument
from search.results import Hit
from search.words import Phrase

AROUND = 120
"""Characters of a snippet before and after the first found word."""
MAX_CANDIDATES = 2000
"""Places of a text that are looked at closely; longer texts are marked up to there."""
LONGEST_WORD = 60
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_INSIDE = "\u00ad\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f"
_WORD = re.compile(rf"[{_HAN}]|(?:[^\W_{_HAN}][{_INSIDE}]*)+(?:['’‘ʼ`´](?:[^\W_{_HAN}][{_INSIDE}]*)+)*")
# Scripts in which several letters fold to one: Latin, Greek, Cyrillic, Arabic, full-width forms.
_FOLDING = (*range(0x80, 0x700), *range(0x1E00, 0x2000), *range(0xFF00, 0xFFF0))
_LIGATURES = {"ae": "æÆ", "oe": "œŒ", "ss": "ß", "th": "þÞ"}
_PREFIX = 5
Stem = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a found phrase stands."""

    start: int
    end: int


class Marker:
    """Marks what a query looks for: `exact` runs of folded tokens, and `stemmed` ones compared by stem as well."""

    def __init__(self, exact: Sequence[Phrase], stemmed: Sequence[Phrase] = (), stem: Stem | None = None) -> None:
        self._stem = stem
        stems = {run: tuple(stem(token) for token in run) if stem else run for run in stemmed}
        self._runs = sorted([*((run, run) for run in exact), *stems.items()], key=lambda run: -len(run[0]))
        self._longest = max((len(run) for run, _ in self._runs), default=0)
        self._beginnings = tuple(sorted(_beginnings((run[0], stems[0]) for run, stems in self._runs)))

    def hit(self, document: IndexDocument, language: str) -> Hit:
        """The document as a card for a reader of this language, with what was looked for marked."""
        card = document.card(language)
        _, texts = document.texts_for(language)
        return Hit(card, self.highlight(card.title), self.highlight(card.summary), self.snippet(texts.body))

    def highlight(self, text: str) -> SafeString:
        """The whole text, escaped, with `<mark>` around each phrase."""
        normal = unicodedata.normalize("NFC", text)
        return _marked(normal, list(self.find(normal)), 0, len(normal))

    def snippet(self, text: str) -> SafeString:
        """The surroundings of the first found phrase, escaped and marked; empty when none is found."""
        normal = unicodedata.normalize("NFC", text)
        spans = self.find(normal)
        first = next(spans, None)
        if first is None:
            return mark_safe("")
        start = _break(normal, max(0, first.start - AROUND), first.start)
        end = _break_before(normal, first.end, first.end + AROUND)
        near = [first]
        for span in spans:
            if span.end > end:
                break
            near.append(span)
        before, after = "… " if start else "", " …" if end < len(normal) else ""
        return mark_safe(before + _marked(normal, near, start, end) + after)

    def find(self, text: str) -> Iterator[Span]:
        """Places of the phrases in order, none overlapping; the text must be in Unicode's composed form."""
        if not self._beginnings:
            return
        end = 0
        for candidate in islice(self._candidates(text), MAX_CANDIDATES):
            if candidate.start() >= end and (span := self._span_at(text, candidate.start(), end)):
                end = span.end
                yield span

    def _candidates(self, text: str) -> Iterator[re.Match[str]]:
        """Places where a wanted word may stand; a text of ASCII letters needs none of the other spellings."""
        return self._plain.finditer(text.lower()) if text.isascii() else self._spelled.finditer(text)

    @cached_property
    def _plain(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self._beginnings)))

    @cached_property
    def _spelled(self) -> re.Pattern[str]:
        """Compiled only when a text needs it: all spellings take a millisecond, longer than to search twenty texts."""
        return re.compile("|".join(sorted({spelled for word in self._beginnings for spelled in _spellings(word)})))

    def _span_at(self, text: str, place: int, after: int) -> Span | None:
        """The longest phrase that begins in the written word at this place."""
        earliest = max(after, place - LONGEST_WORD)
        words = self._words(text, max(earliest, text.rfind(" ", earliest, place) + 1), place)
        for number, (_, start, end) in enumerate(words):
            if start <= place < end:
                for run, stems in self._runs:
                    if self._stands(words[number : number + len(run)], run, stems):
                        return Span(start, words[number + len(run) - 1][2])
        return None

    def _words(self, text: str, start: int, place: int) -> list[tuple[str, int, int]]:
        """Tokens from `start` on, with the place of the written word that holds each, as far as a phrase may reach."""
        words: list[tuple[str, int, int]] = []
        beyond = 0
        for match in _WORD.finditer(text, start):
            beyond += len(words) > 0 and match.start() > place
            if beyond >= max(self._longest, 1):
                break
            words += [(token, match.start(), match.end()) for token in tokens(match[0])]
        return words

    def _stands(self, words: Sequence[tuple[str, int, int]], run: Phrase, stems: Phrase) -> bool:
        if len(words) < len(run):
            return False
        return all(
            word == wanted or (stem is not wanted and self._stem is not None and self._stem(word) == stem)
            for (word, _, _), wanted, stem in zip(words, run, stems, strict=True)
        )


def highlight(text: str, phrases: Sequence[Phrase]) -> SafeString:
    """The whole text, escaped, with `<mark>` around each phrase."""
    return Marker(phrases).highlight(text)


def snippet(text: str, phrases: Sequence[Phrase]) -> SafeString:
    """The surroundings of the first found phrase, escaped and marked; empty when none is found."""
    return Marker(phrases).snippet(text)


def _beginnings(words: Iterable[tuple[str, str]]) -> set[str]:
    """How these words begin, folded, and others with the stem beside each."""
    return {part[:_PREFIX] for word, stem in words for part in (word, _sure(fold(stem), word))}


def _sure(stem: str, word: str) -> str:
    """The part of a stem that words with this stem have: its last letter may be another one in them (y, i)."""
    return word if stem == word else stem[: max(1, len(stem) - 1)]


def _spellings(beginning: str) -> set[str]:
    spelled = [_letter(letter) for letter in beginning]
    joined = beginning
    for letters, ligature in _LIGATURES.items():
        joined = joined.replace(letters, ligature[0])
    found = {"".join(spelled)}
    if joined != beginning:
        found.add("".join(_letter(letter) for letter in joined))
    return found


def _letter(letter: str) -> str:
    upper = next((pair for pair in _LIGATURES.values() if letter in pair), "")
    variants = {letter, letter.upper(), *_variants().get(letter, ()), *upper}
    single = "".join(re.escape(variant) for variant in sorted(variants) if len(variant) == 1)
    return f"[{single}][{_INSIDE}]*"


@lru_cache(maxsize=1)
def _variants() -> Mapping[str, str]:
    """All letters beyond ASCII that fold to one letter, by that letter."""
    found: dict[str, str] = {}
    for letter in map(chr, _FOLDING):
        folded = fold(letter)
        if len(folded) == 1:
            found[folded] = found.get(folded, "") + letter
    return found


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
