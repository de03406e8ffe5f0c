"""Where records go, and what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from cases.exchange.problems import Place
from cases.models import CountryTeam, CountryTeamPage
from cases.term_fields import Kind
from cases.vocabularies.errors import Problem

State = Literal["created", "updated", "unchanged"]
MOST_PROBLEMS: Final = 1000
"""Faults that are kept; of a file that is wrong in every row, nobody reads more."""


class ChangedMeanwhile(Exception):  # noqa: N818 - not an error: the work begins anew
    """Somebody saved, locked or submitted an entry after it was read here."""


@dataclass(frozen=True, slots=True)
class Target:
    """The team whose drafts the records become, its pages by language, and who brings them (None: an operator)."""

    team: CountryTeam
    homes: Mapping[str, CountryTeamPage]
    kind: Kind
    user: Any = None

    @classmethod
    def of(cls, team: CountryTeam, kind: Kind, user: Any = None) -> Target:
        """The team with its pages; one query."""
        pages = CountryTeamPage.objects.filter(team=team).select_related("locale")
        return cls(team, {page.locale.language_code: page for page in pages}, kind, user)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as it was decoded, and where it stood."""

    place: Place
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one record: its place, its key and title, and what its draft still lacks."""

    row: str
    key: str
    title: str
    state: State
    gaps: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """What an import does, or would do. With `problems`, nothing was written."""

    records: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    more_problems: int = 0
    warnings: list[Problem] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether all may be written."""
        return not self.problems

    @property
    def faults(self) -> int:
        """The number of faults, kept or not."""
        return len(self.problems) + self.more_problems

    def trim(self) -> None:
        """Keep the first faults and the number of all: memory stays bounded however wrong a file is."""
        for found in (self.problems, self.warnings):
            extra = len(found) - MOST_PROBLEMS
            if extra > 0:
                del found[MOST_PROBLEMS:]
                self.more_problems += extra if found is self.problems else 0
