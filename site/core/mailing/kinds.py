"""The kinds of mail that the site sends, and which of them people may refuse."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise

NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mail: its template is `mail/{name}.txt`, its label stands in people's settings."""

    name: str
    label: str | Promise
    optional: bool
    concerns: Callable[[Any], bool] | None = None
    """Whether an account may ever get one: settings offer no choice about what never comes. Without it, everybody."""


_kinds: dict[str, Kind] = {}


def register_kind(
    name: str, label: str | Promise, optional: bool, concerns: Callable[[Any], bool] | None = None
) -> None:
    """Make a kind known. Raises `ValueError` for a name that is not of small letters, digits and hyphens."""
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot be a kind of mail: small letters, digits and single hyphens only.")
    _kinds[name] = Kind(name, label, optional, concerns)


def kind(name: str) -> Kind:
    """The kind with this name. Raises `LookupError` with the known names."""
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"No kind of mail is called {name!r}; known: {', '.join(sorted(_kinds))}.") from None


def choices_of(account: Any) -> list[Kind]:
    """The kinds that this account may get or refuse."""
    return [found for found in kinds(optional=True) if found.concerns is None or found.concerns(account)]


def kinds(*, optional: bool | None = None) -> list[Kind]:
    """All kinds in the order in which they were made known, or those that may (or may not) be refused."""
    return [found for found in _kinds.values() if optional is None or found.optional is optional]
