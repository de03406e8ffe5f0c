"""A file that cannot be read at all: what was found in it, and what may be brought."""

from __future__ import annotations

from cases.exchange.problems import ExchangeError
from cases.vocabularies.errors import Problem


def refuse(file: str, found: str, allowed: str, place: str = "") -> ExchangeError:
    """The error to raise for a whole file, or for one part of it."""
    return ExchangeError([Problem(file, place, "", found, allowed)])
