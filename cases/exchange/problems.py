"""What is wrong with records: each fault with its place and what may stand there."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from cases.vocabularies.errors import Problem

SHORT_LIST: Final = 12
SHOWN: Final = 60


class ExchangeError(ValueError):
    """Records that cannot be used; nothing was written. `problems` holds every fault that was found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Place:
    """One record of one file, and the list to which its faults go."""

    file: str
    record: str
    problems: list[Problem] = field(compare=False)

    def wrong(self, path: str, found: str, allowed: str) -> None:
        """Note a fault at `path` (`partners[2].role`)."""
        self.problems.append(Problem(self.file, self.record, path, found, allowed))


def listed(values: Iterable[str], found: Any = None) -> str:
    """The allowed values as text; of a long list, those that resemble `found` come first."""
    ordered = list(values)
    if len(ordered) > SHORT_LIST and isinstance(found, str):
        close = difflib.get_close_matches(found.lower(), ordered, n=3, cutoff=0.6)
        ordered = [*close, *(value for value in ordered if value not in close)]
    return ", ".join(ordered) or "nothing"


def shown(value: Any) -> str:
    """A value as it stands in the file, cut when it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 3]}..."
