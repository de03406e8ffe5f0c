"""Parts of a text: what was found, and what is known to be harmless."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from cases.checks.kinds import Kind

DIGITS: Final = re.compile(r"\D+")
COUNTING: Final = ("0123456789" * 3, "9876543210" * 3, "1234567890" * 3)
SHORTEST_RUN: Final = 6
BY_A_WORD: Final = "number after a word"
"""The rule of what only a word before it makes suspicious."""


@dataclass(frozen=True, slots=True)
class Match:
    """A part of a text that looks like personal data; `rule` names what found it."""

    kind: Kind
    start: int
    end: int
    text: str
    rule: str


@dataclass(slots=True)
class Taken:
    """Parts of a text on which a verdict has been given: found, or harmless."""

    spans: list[tuple[int, int]] = field(default_factory=list)

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing was said of any character between `start` and `end`."""
        return all(end <= begun or start >= ended for begun, ended in self.spans)

    def take(self, spans: Iterable[tuple[int, int]]) -> None:
        """Note parts as spoken for."""
        self.spans.extend(spans)

    def claim(self, matches: Iterable[Match]) -> Iterator[Match]:
        """Pass the matches on that lie in free parts, and take those parts."""
        for match in matches:
            if self.is_free(match.start, match.end):
                self.spans.append((match.start, match.end))
                yield match


def digits_of(text: str) -> str:
    """The digits alone."""
    return DIGITS.sub("", text)


def is_example(digits: str) -> bool:
    """Whether these digits are one that forms show: all alike, or counting up or down (12345678)."""
    return len(set(digits)) <= 1 or (
        len(digits) >= SHORTEST_RUN and any(digits in counting or digits[:9] in counting for counting in COUNTING)
    )


def before(text: str, start: int, length: int = 40) -> str:
    """The words right before a place, in small letters, within the same line."""
    return text[max(0, start - length) : start].rpartition("\n")[2].casefold()
