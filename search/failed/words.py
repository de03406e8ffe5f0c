"""What may be kept of a failed search at all: a few folded words that look like nobody's address or number."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final

from django.conf import settings

from core.text import fold
from search.query import Query

LITTLE: Final = 2
"""Up to this many results a search is taken to have failed."""
MOST_WORDS: Final = 8
LONGEST: Final = 80
MOST_DIGITS: Final = 4
"""A year has four; numbers of telephones, accounts and people have more."""
_ADDRESS: Final = re.compile(r"@|://|\bwww\b|[^\W\d]\.[^\W\d]")
_MARKS: Final = re.compile(r"[^\w\s'-]+")


def kept_words(query: Query, total: int) -> str:
    """The folded words of a failed search, or nothing when it did not fail or its words may not be kept.

    Only a first page without choices tells of words: with a filter, it may be the filter that left nothing.
    """
    text = query.text
    if total > LITTLE or query.page > 1 or query.chosen or text.exclusions or not text.wanted:
        return ""
    return fit_words(text.raw)


def fit_words(raw: str) -> str:
    """The words as they are kept; empty for what looks like an address or a number, and for long texts."""
    folded = fold(raw)
    if len(folded) > LONGEST or _ADDRESS.search(folded) or sum(c.isdigit() for c in folded) > MOST_DIGITS:
        return ""
    words = _MARKS.sub(" ", folded).split()
    return " ".join(words) if len(words) <= MOST_WORDS else ""


def fingerprint(language: str, words: str) -> str:
    """What stands for words that too few have searched for: nobody can read them from it without the site's secret."""
    key = f"failed searches:{settings.SECRET_KEY}".encode()
    return hmac.new(key, f"{language}:{words}".encode(), hashlib.sha256).hexdigest()
