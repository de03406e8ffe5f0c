"""One cell: from a value of a record to what a sheet shows, and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from cases.exchange.characters import forbidden_in
from cases.exchange.problems import at_most, found_as, listed, shown
from cases.exchange.schema import Field
from cases.exchange.values import options
from cases.terms import TermRow, current_terms
from core.text import fold

KEPT: Final = "#kept"
"""Stands for a value that a sheet cannot hold; an import leaves it as it is on the site."""
CELL_LENGTH: Final = 32_767
PARTED: Final = " · "
"""Between code and label where a drop-down shows both."""
_GUARDED: Final = re.compile(r"^'*(?:[=+\-@\t\r\n＝＋－＠]|#kept)")
"""What a spreadsheet might take for a formula, with any number of guards before it."""
_FORMULA: Final = re.compile(r"^(?:[=@＝＠]|[+＋](?!\s)|[-－](?![\s\d]))|^[+\-]?\s*(?:cmd|dde)\s*\|", re.IGNORECASE)
_SIGNS: Final = re.compile(r"[,،、，]")
_PARTS: Final = re.compile(r"[\n;؛；|]")
_WORDS: Final = re.compile(r"[\s,;،؛、，；]+")
_YES: Final = frozenset({"true", "yes", "oui", "sí", "si", "نعم", "да", "是", "1", "x"})
_NO: Final = frozenset({"false", "no", "non", "لا", "нет", "否", "0"})


class CellError(ValueError):
    """A cell that cannot be read; `allowed` says what may stand there."""

    def __init__(self, found: str, allowed: str) -> None:
        super().__init__(found)
        self.allowed = allowed


def guard(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet might take for a formula."""
    return f"'{text}" if _GUARDED.match(text) else text


def unguard(text: str) -> str:
    """The text without that apostrophe. Raises `CellError` for a formula without one."""
    if text.startswith("'") and _GUARDED.match(text):
        return text[1:]
    if _FORMULA.match(text):
        found = _("looks like a formula: %(value)s") % {"value": shown(text)}
        raise CellError(found, _("a value; text that begins so gets an apostrophe (') first"))
    return text


def to_cell(leaf: Field, value: Any) -> Any:
    """What the cell shows: text that is guarded, a whole number, or nothing."""
    if value is None or value in ([], ""):
        return None
    if leaf.shape in {"year", "number", "score"}:
        return value
    if leaf.shape == "flag":
        return "true" if value else "false"
    text = _joined(leaf, value)
    return KEPT if len(text) >= CELL_LENGTH or forbidden_in(text) or "\r" in text else text


def _joined(leaf: Field, value: Any) -> str:
    if leaf.shape == "lines":
        return "\n".join(guard(item) for item in value)
    if leaf.shape in {"terms", "records"}:
        return ", ".join(str(item) for item in value)
    return guard(str(value))


def from_cell(leaf: Field, value: Any) -> Any:
    """The value as a record would say it; None for an empty cell. Raises `CellError`."""
    if isinstance(value, str):
        return _from_text(leaf, value.replace("\r\n", "\n").replace("\r", "\n"))
    if value is None:
        return None
    if isinstance(value, bool):
        return value if leaf.shape == "flag" else _from_text(leaf, str(value).lower())
    if isinstance(value, int | float):
        return _from_number(leaf, value)
    if isinstance(value, datetime | date) and leaf.shape == "date":
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, datetime | date | time | timedelta):
        found = _("is the date or time %(value)s") % {"value": value}
        raise CellError(found, _("text: give the cell the format “text” and write it again"))
    raise CellError(_("is no plain value"), _("text or a whole number"))


def _from_text(leaf: Field, text: str) -> Any:
    if len(text) > CELL_LENGTH:
        raise CellError(_("has %(number)s characters") % {"number": len(text)}, at_most(CELL_LENGTH))
    if not text.strip():
        return None
    if leaf.shape == "lines":
        return [unguard(line.strip()) for line in unguard_lines(text) if line.strip()]
    bare = unguard(text.strip())
    reader = _READERS.get(leaf.shape)
    return reader(leaf, bare) if reader else bare


def unguard_lines(text: str) -> list[str]:
    """The items of a list, one a line; each is guarded by itself."""
    return text.strip("\n").split("\n")


def _from_number(leaf: Field, value: float) -> Any:
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - not a number is not itself
        raise CellError(_("is not a number"), _("text or a whole number"))
    if value != int(value):
        raise CellError(found_as(value), _("text: give the cell the format “text” and write it again"))
    return _from_text(leaf, str(int(value)))


def _whole(_leaf: Field, text: str) -> Any:
    folded = unicodedata.normalize("NFKC", text)
    return int(folded) if re.fullmatch(r"\d{1,12}", folded) else text


def _flag(_leaf: Field, text: str) -> Any:
    word = text.casefold().split(PARTED)[0]
    if word in _YES or word in _NO:
        return word in _YES
    raise CellError(found_as(text), _("true, false (or yes, no in the language of the sheet)"))


def _named(leaf: Field, text: str) -> Any:
    """The name by which records know the term: of its code in any case, its label in any language, or both."""
    names = options(leaf)
    lower = text.split(PARTED, maxsplit=1)[0].strip().lower()
    if lower in names:
        return _name(leaf, lower)
    found = {name for name, row in names.items() if fold(text) in _labels(row)}
    if len(found) == 1:
        return _name(leaf, found.pop())
    if found:
        raise CellError(_("%(value)s may be several values") % {"value": shown(text)}, ", ".join(sorted(found)))
    term = current_terms().find(leaf.vocabulary, lower)
    if term is not None:
        return lower if leaf.named_by == "code" else text
    raise CellError(found_as(text), listed(names, text))


def _name(leaf: Field, name: str) -> Any:
    return int(name) if leaf.named_by == "number" else name


def _labels(row: TermRow) -> frozenset[str]:
    if row.id not in _folded or _folded[row.id][0] is not row:
        _folded[row.id] = row, frozenset(fold(label) for label in row.labels.values())
    return _folded[row.id][1]


_folded: dict[int, tuple[TermRow, frozenset[str]]] = {}


def _several(leaf: Field, text: str) -> list[Any]:
    """Values parted by commas, semicolons or lines; a label may hold a comma itself."""
    found: list[Any] = []
    for part in filter(None, (piece.strip() for piece in _PARTS.split(text))):
        try:
            found.append(_named(leaf, part))
        except CellError:
            pieces = [piece.strip() for piece in _SIGNS.split(part) if piece.strip()]
            found += _each(leaf, pieces)
    return found


def _each(leaf: Field, pieces: Iterable[str]) -> list[Any]:
    return [_named(leaf, piece) for piece in pieces]


_READERS: Final[Mapping[str, Callable[[Field, str], Any]]] = {
    "year": _whole,
    "number": _whole,
    "score": _whole,
    "flag": _flag,
    "term": _named,
    "terms": _several,
    "records": lambda _leaf, text: [word for word in _WORDS.split(text) if word],
}
