"""Puts the modules of each kind together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from cases.checks.detect import harmless, identity, mails, phones, places
from cases.checks.detect.spans import Match, Taken

MAX_TEXT: Final = 2_000_000
"""Characters of one text that are looked at; extraction hands files over in smaller pieces."""
REMEMBERED: Final = 10_000
"""Characters of the longest text whose matches are remembered: of longer ones a thousand would fill the memory."""
NEWLINES: Final = "\n\r\u2028\u2029\x85"
_DASHES: Final = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"), "-"),
    ord("\u066b"): ".",
    ord("\u066c"): ",",
    ord("\u060c"): ",",  # Arabic point, separator of thousands, comma
}
_PRIMES: Final = {ord("\u2032"): "'", ord("\u2019"): "'", ord("\u2033"): '"', ord("\u201d"): '"', ord("\u00ba"): "°"}
_SEEN: Final = re.compile(
    r"[\d@]|///|\(at\)|\[at\]|maps\.app|goo\.gl/maps|<<|what3words|w3w\.co|nino|plus\.codes", re.IGNORECASE
)


def scan(text: str, regions: Iterable[str] = ()) -> list[Match]:
    """What in `text` looks like personal data, in order; `regions`: ISO codes (two letters) of countries it may be of.

    Offsets and matched texts are those of `clean(text)`.
    """
    found = _known if len(text) <= REMEMBERED else _found
    return list(found(text, tuple(dict.fromkeys(regions))))


def _found(text: str, regions: tuple[str, ...]) -> tuple[Match, ...]:
    cleaned = clean(text)
    if not _SEEN.search(cleaned):
        return ()
    return tuple(sorted(_matches(cleaned, regions), key=lambda match: match.start))


# Gates, checklist and findings ask for the same texts, and an autosave for those that nobody changed.
_known = lru_cache(maxsize=1024)(_found)


def clean(text: str) -> str:
    """The text in the one form that is searched: plain digits, dashes and spaces, no invisible letters."""
    text = unicodedata.normalize("NFKC", text[:MAX_TEXT].translate(_PRIMES))
    return text.translate(_DASHES) if text.isascii() else "".join(map(_plain, text)).translate(_DASHES)


def _plain(character: str) -> str:
    if character.isascii() or character in NEWLINES:
        return "\n" if character in NEWLINES else character
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Cf":
        return ""
    return " " if category == "Zs" else character


def _matches(text: str, regions: tuple[str, ...]) -> Iterator[Match]:
    taken = Taken()
    yield from taken.claim(mails.find(text))
    yield from taken.claim(places.find(text))
    taken.take(mails.allowed(text))
    yield from taken.claim(phones.linked(text))
    yield from taken.claim(identity.certain(text))
    taken.take(harmless.spans(text, harmless.NAMES))
    yield from taken.claim(identity.named(text))
    taken.take(harmless.spans(text, harmless.FIGURES))
    yield from taken.claim(phones.find(text, regions))
    yield from taken.claim(identity.probable(text, regions))
