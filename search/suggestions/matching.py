"""How what was typed so far matches a name: each finished word as a whole, the last by its beginning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from core.text import tokens

K = TypeVar("K")

MAX_TYPED = 100
ARTICLE = "ال"
"""Arabic writes its article with the word; who types the word alone means it too."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The folded words of an unfinished text; without any, nothing matches."""

    words: tuple[str, ...]

    @classmethod
    def read(cls, raw: str) -> Typed:
        """The words of the beginning of any text."""
        return cls(tuple(tokens(raw[:MAX_TYPED])))

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def beginning(self) -> str:
        """What a name begins with that begins as it was typed."""
        return f" {' '.join(self.words)}"

    def fits(self, padded: str) -> bool:
        """Whether a name, folded and surrounded by single spaces, holds every word."""
        return bool(self.fitting({0: padded}))

    def fitting(self, names: Mapping[K, str]) -> list[K]:
        """The keys of the names that hold every word."""
        *finished, last = self.words
        begun, with_article = f" {last}", f" {ARTICLE}{last}"
        # Nearly all names leave here, so this is the line that must be quick.
        found = [key for key, name in names.items() if begun in name or with_article in name]
        for word in finished:
            whole = (f" {word} ", f" {ARTICLE}{word} ")
            found = [key for key in found if any(part in names[key] for part in whole)]
        return found

    def begins(self, padded: str) -> bool:
        """Whether the name begins with what was typed."""
        return padded.startswith(self.beginning)
