"""What the columns of an export mean and which values they take, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from api.exports.columns import Column, columns
from cases.exchange.schema import Field
from cases.terms import TermRow, current_terms

TYPES: Final[Mapping[str, str]] = {
    "year": "integer", "number": "integer", "score": "integer", "date": "date", "flag": "boolean",
}  # fmt: skip
"""Of values that are no texts, as XML Schema names them."""


def described() -> list[dict[str, Any]]:
    """Each column in order: name, label, meaning, type, what parts several values, what is allowed, whose it is."""
    return [_described(column) for column in columns()]


def vocabularies() -> dict[str, list[dict[str, str]]]:
    """The values of every vocabulary that a column takes, retired ones too, as exports name them."""
    used: dict[str, Field] = {}
    for column in columns():
        if column.leaf.vocabulary:
            used.setdefault(column.leaf.vocabulary, column.leaf)
    return {name: [_value(row, leaf) for row in _rows(name)] for name, leaf in used.items()}


def _described(column: Column) -> dict[str, Any]:
    leaf = column.leaf
    return {
        "name": column.name,
        "label": column.label(),
        "meaning": column.meaning(),
        "type": TYPES.get(leaf.shape, "string"),
        "separator": column.separator,
        "vocabulary": leaf.vocabulary,
        "allowed": _allowed(leaf),
        "kinds": list(column.kinds),
    }


def _allowed(leaf: Field) -> str:
    if leaf.shape in {"year", "score"}:
        return _("A whole number from %(low)s to %(high)s.") % {"low": leaf.minimum, "high": leaf.maximum}
    texts = {"number": _("A whole number."), "date": _("A date as YYYY-MM-DD."), "flag": _("true or false.")}
    if leaf.vocabulary:
        return _("Codes of the vocabulary “%(vocabulary)s”.") % {"vocabulary": leaf.vocabulary}
    return texts.get(leaf.shape, "")


def _rows(vocabulary: str) -> Iterator[TermRow]:
    yield from current_terms().of(vocabulary, retired=True)


def _value(row: TermRow, leaf: Field) -> dict[str, str]:
    name = row.code if leaf.named_by == "code" else str(row.facts[leaf.named_by]).upper()
    return {"code": name, "label": str(row.label()), "description": str(row.description())}
