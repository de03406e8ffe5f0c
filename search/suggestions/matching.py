"""How what was typed so far matches a name: each finished word as a whole, the last by its beginning."""

from __future__ import annotations

from dataclasses import dataclass

from core.text import tokens

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
        *finished, last = self.words
        begun = f" {last}" in padded or f" {ARTICLE}{last}" in padded
        return begun and all(f" {word} " in padded or f" {ARTICLE}{word} " in padded for word in finished)

    def begins(self, padded: str) -> bool:
        """Whether the name begins with what was typed."""
        return padded.startswith(self.beginning)
