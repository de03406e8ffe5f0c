"""What the site asks of a search engine, whichever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from search.query import Query
from search.results import Results

Progress = Callable[[int, int], None]
"""Called with the number done and the number of all."""


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the engine answers, and in words what it says of itself."""

    ok: bool
    detail: str


class Engine(Protocol):
    """One port, several adapters: the meaning of a search is the same on each."""

    name: str

    def search(self, query: Query) -> Results:
        """Answer any query; the page is clamped to those there are."""

    def put(self, keys: Iterable[str]) -> None:
        """Index these entries (translation keys) again from the database."""

    def remove(self, keys: Iterable[str]) -> None:
        """Take these entries out of the index."""

    def rebuild(self, progress: Progress) -> int:
        """Make the whole index anew while the old one answers; return the number of entries or pages written."""

    def health(self) -> Health:
        """Ask the engine how it is; never raises for an engine in trouble."""
