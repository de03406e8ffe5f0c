"""What the site asks of a search engine, whichever it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from search.documents import IndexDocument
from search.query import Query
from search.results import Document, Results


class SearchUnavailable(Exception):  # noqa: N818 - it names a state of the engine, which the caller answers to
    """The engine cannot answer or write now: no index, one of another version, a broken one, a lock not given up."""


class SearchFull(SearchUnavailable):
    """The engine takes nothing at all just now; no single document is to blame."""


class RebuildRunning(Exception):  # noqa: N818 - no fault, but a second rebuild is refused
    """Another process is building a new index."""


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the engine answers, and in words what it says of itself.

    `documents` is the number it holds, `built` when its index was last made as a whole; None where it has none.
    """

    ok: bool
    detail: str
    documents: int | None = None
    built: datetime | None = None


class Build(Protocol):
    """A new index beside the live one, which goes on answering until `publish`."""

    def put(self, documents: Iterable[IndexDocument]) -> None:
        """Write these documents, each in place of an older one with its key. Raises `SearchUnavailable`."""

    def remove(self, keys: Iterable[str]) -> None:
        """Take these entries out again. Raises `SearchUnavailable`."""

    def count(self) -> int:
        """Number of documents written and not removed. Raises `SearchUnavailable`."""

    def publish(self) -> None:
        """Let the new index answer from now on, at once and for all processes. Raises `SearchUnavailable`."""

    def discard(self) -> None:
        """Drop what was built; the live index stays. Does nothing after `publish`."""


class Engine(Protocol):
    """One port, several adapters: the meaning of a search is the same on each."""

    name: str

    def search(self, query: Query) -> Results:
        """Answer any query; the page is clamped to those there are. Raises `SearchUnavailable`."""

    def scan(self, query: Query) -> Iterator[str]:
        """Keys of all entries that the query finds, each once, in its order, past any window; its page says nothing.

        Read piece by piece from one state of the index. Equal scores may stand in another order than on pages.
        Raises `SearchUnavailable`, also half-way.
        """

    def similar(
        self, key: str, language: str, limit: int, excluded: frozenset[str] = frozenset()
    ) -> tuple[Document, ...]:
        """Entries most like this one, best first, as cards in `language`; none for an unknown key.

        Raises `SearchUnavailable`.
        """

    def vocabulary(self, language: str) -> Mapping[str, int]:
        """Folded, unstemmed words of titles, summaries and labels in a language with their numbers of entries.

        Raises `SearchUnavailable`.
        """

    def version(self) -> str:
        """A name that changes when the whole index was made anew: what is kept of it is then stale.

        Raises `SearchUnavailable`.
        """

    def put(self, documents: Iterable[IndexDocument]) -> None:
        """Write these documents, each in place of an older one with its key. Raises `SearchUnavailable`."""

    def remove(self, keys: Iterable[str]) -> None:
        """Take these entries out of the index. Raises `SearchUnavailable`."""

    def begin_rebuild(self) -> Build:
        """Start a new index beside the live one. Raises `RebuildRunning` and `SearchUnavailable`."""

    def compact(self) -> None:
        """Tidy the index, for the start of a worker. Raises `SearchUnavailable`."""

    def health(self) -> Health:
        """Ask the engine how it is; never raises for an engine in trouble."""
