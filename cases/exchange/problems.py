"""What is wrong with records: each fault with its place and what may stand there."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from cases.vocabularies.errors import Problem

SHORT_LIST: Final = 12
SHOWN: Final = 60


class ExchangeError(ValueError):
    """Records that cannot be used; nothing was written. `problems` holds every fault that was found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


_LAST_STEP: Final = re.compile(r"(\.[^.\[\]]*|\[\d+\])$")


@dataclass(frozen=True, slots=True)
class Place:
    """One record of one file, and the list to which its faults go. In a sheet, each path stands in a column."""

    file: str
    record: str
    problems: list[Problem] = field(compare=False)
    columns: Mapping[str, str] = field(default_factory=dict, compare=False)

    def wrong(self, path: str, found: str, allowed: str) -> None:
        """Note a fault at `path` (`partners[2].role`)."""
        self.problems.append(Problem(self.file, self.record, self.where(path), found, allowed))

    def where(self, path: str) -> str:
        """The path, in a sheet after the column in which it, or what holds it, stands."""
        step = path
        while step and step not in self.columns:
            shorter = _LAST_STEP.sub("", step)
            step = "" if shorter == step else shorter
        return _("column %(column)s, %(key)s") % {"column": self.columns[step], "key": path} if step else path


def listed(values: Iterable[str], found: Any = None) -> str:
    """The allowed values as text; of a long list, those that resemble `found` come first."""
    ordered = list(values)
    if len(ordered) > SHORT_LIST and isinstance(found, str):
        close = difflib.get_close_matches(found.lower(), ordered, n=3, cutoff=0.6)
        ordered = [*close, *(value for value in ordered if value not in close)]
    return ", ".join(ordered) or _("nothing")


def found_as(value: Any) -> str:
    """What a fault says of a value that may not stand where it does."""
    return _("is %(value)s") % {"value": shown(value)}


def at_most(number: int) -> str:
    """What a fault says where there is too much."""
    return _("at most %(number)s") % {"number": number}


def shown(value: Any) -> str:
    """A value as it stands in the file, cut when it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 3]}..."
