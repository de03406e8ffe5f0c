"""A file that cannot be read at all: what was found in it, and what may be brought."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.exchange.problems import ExchangeError
from cases.vocabularies.errors import Problem


def refuse(file: str, found: str, allowed: str | Promise, place: str = "") -> ExchangeError:
    """The error to raise for a whole file, or for one part of it."""
    return ExchangeError([Problem(file, place, "", found, str(allowed))])


def row_of(number: int, sheet: str = "") -> str:
    """What a row is called; a file of one table only has no sheets."""
    if sheet:
        return _("sheet “%(sheet)s”, row %(number)s") % {"sheet": sheet, "number": number}
    return _("row %(number)s") % {"number": number}


def in_column(letter: str) -> str:
    """What a column is called."""
    return _("column %(letter)s") % {"letter": letter}
