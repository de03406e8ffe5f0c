"""What to offer where little was found: the words as they may have been meant; where nothing was, fewer of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from cases.terms import FALLBACK
from core.text import straight, tokens
from search.query import Query
from search.service import search
from search.suggestions.spelling import Words, words_for
from search.words import PART, Phrase, parse_text

LITTLE = 2
"""Results up to which help is offered."""
Bind = Callable[[Query], Query]


@dataclass(frozen=True, slots=True)
class Offer:
    """Another search and how much it finds."""

    text: str
    url: str
    total: int


@dataclass(frozen=True, slots=True)
class Help:
    """What is offered besides the results; None where there is nothing better to offer."""

    meant: Offer | None = None
    without: Offer | None = None
    left_out: str = ""


def help_with(query: Query, total: int, bind: Bind) -> Help:
    """Help where little was found, nothing otherwise; an offer finds more than this search does.

    `bind` narrows a query as the page does. At most two further searches, whatever was typed.
    """
    if total > LITTLE or not query.text.words:
        return Help()
    reading = _Reading(query, words_for({query.language, FALLBACK}), is_found=total > 0)
    meant = _offer(query, reading.rewritten(), total, bind)
    rarest = () if total or meant else reading.rarest()
    without = _offer(query, reading.rewritten(rarest), total, bind) if rarest else None
    return Help(meant, without, "-".join(rarest))


def _offer(query: Query, raw: str, total: int, bind: Bind) -> Offer | None:
    if raw == query.text.raw:
        return None
    other = replace(query, text=parse_text(raw)[0], page=1)
    found = search(bind(other)).results.total
    return Offer(other.text.raw, other.url(), found) if found > total else None


class _Reading:
    """The words of a query beside what they may have meant; phrases and exclusions stay as they are."""

    def __init__(self, query: Query, words: Words, *, is_found: bool) -> None:
        self.query, self.words = query, words
        # A word that has synonyms is known, whether or not an entry holds it as it was typed.
        known = {group[0] for group in query.text.wanted_groups if len(group) > 1}
        self.better: dict[Phrase, Phrase] = {
            run: tuple(words.better(token, is_found=is_found) or token for token in run)
            for run in query.text.words
            if run not in known
        }

    def rarest(self) -> Phrase:
        """Of several words the one to leave out: one that nothing like it is known of, else the rarest."""
        runs = self.query.text.words
        if len(self.query.text.wanted) < 2:  # noqa: PLR2004 - a single word is all there is
            return ()
        return min(runs, key=self._rarity)

    def _rarity(self, run: Phrase) -> int:
        return min(self.words.counts.get(token, 0) for token in self._in_better_form(run))

    def _in_better_form(self, run: Phrase) -> Phrase:
        return self.better.get(run, run)

    def rewritten(self, left_out: Phrase = ()) -> str:
        """The text as typed, but each word in its better form, and without the one to leave out."""
        return " ".join(filter(None, (self._part(part, left_out) for part in self._parts())))

    def _parts(self) -> Iterator[re.Match[str]]:
        return PART.finditer(straight(self.query.text.raw))

    def _part(self, part: re.Match[str], left_out: Phrase) -> str:
        run = tuple(tokens(part[3])) if part[3] and not part[1] else ()
        if run and run == left_out:
            return ""
        better = self._in_better_form(run)
        return part[0] if better == run else "-".join(better)
