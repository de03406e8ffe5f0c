"""What may be kept of a personal datum: a keyed hash to know it again, and a masked excerpt to talk about it."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.utils.crypto import salted_hmac

from cases.checks.kinds import Kind

SALT: Final = "cases.checks"
HIDDEN: Final = "•"
SHOWN_AT_ENDS: Final = 2
LONGEST: Final = 40
PLAIN: Final = frozenset({Kind.HIDDEN, Kind.UNREADABLE, Kind.PICTURE, Kind.SMALL_CELLS, Kind.PERSONS})
"""Kinds whose text is ours, or a heading: nothing of it is personal."""


def key_of(*parts: str) -> str:
    """A hash that only this site can make: short numbers could be guessed from a plain one."""
    return salted_hmac(SALT, "\x1f".join(parts), secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def digest_of(texts: Iterable[str]) -> str:
    """A keyed hash of many texts, whatever their order."""
    made = hmac.new(settings.SECRET_KEY.encode(), digestmod=sha256)
    for text in sorted(set(texts)):
        made.update(text.encode(errors="replace") + b"\x1f")
    return made.hexdigest()


def masked(kind: Kind, text: str) -> str:
    """The text with most of its letters and digits hidden; its shape stays, so that people find it again."""
    text = " ".join(text.split())
    if kind in PLAIN:
        return text[:LONGEST]
    if kind is Kind.MAIL and "@" in text:
        local, _at, domain = text.partition("@")
        return f"{local[:1]}{HIDDEN * 3}@{domain[:1]}{HIDDEN * 3}.{domain.rpartition('.')[2]}"
    if kind in {Kind.AUTHOR, Kind.COMMENT, Kind.CHANGE}:
        return " ".join(f"{word[:1]}{HIDDEN * 3}" for word in text.split()[:4])
    letters = [place for place, letter in enumerate(text) if letter.isalnum()]
    kept = {*letters[:SHOWN_AT_ENDS], *letters[-SHOWN_AT_ENDS:]} if len(letters) > 3 * SHOWN_AT_ENDS else set()
    return "".join(
        letter if place in kept or not letter.isalnum() else HIDDEN for place, letter in enumerate(text[:LONGEST])
    )
