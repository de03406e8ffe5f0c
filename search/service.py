"""The one door to searching: pages ask here, never an engine, and always get an answer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar
from uuid import UUID

from search.engines import engine
from search.engines.database import DatabaseEngine
from search.engines.port import Engine, SearchUnavailable
from search.notices import Notice, Reason
from search.query import Query
from search.results import Document, Results
from search.synonyms.expansion import expanded
from search.upkeep.removals import pending_removals
from search.upkeep.status import note_trouble

logger = logging.getLogger(__name__)
T = TypeVar("T")
KEY_LENGTH: Final = 16
REDUCED = Notice(Reason.REDUCED, "")


@dataclass(frozen=True, slots=True)
class Answer:
    """Results, and what the visitor should know of how they came about."""

    results: Results
    notices: tuple[Notice, ...] = ()

    @property
    def reduced(self) -> bool:
        """Whether the database had to stand in: it finds less than the engine would."""
        return REDUCED in self.notices


def search(query: Query) -> Answer:
    """Answer any query, by SQL with a notice while the engine cannot; what was just removed is not found."""
    query = expanded(query)
    results, reduced = ask(lambda adapter, absent: adapter.search(query.without_entries(absent)))
    return Answer(results, (REDUCED,) if reduced else ())


@dataclass(frozen=True, slots=True)
class Found:
    """The keys of all entries that a search finds, in its order: sixteen bytes each, whatever their number."""

    packed: bytes
    reduced: bool

    def __len__(self) -> int:
        return len(self.packed) // KEY_LENGTH

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self.packed), KEY_LENGTH):
            yield str(UUID(bytes=self.packed[start : start + KEY_LENGTH]))


def scan(query: Query) -> Found:
    """All that `search` finds, past its window; the whole list or, should the engine fail half-way, the database's."""
    query = expanded(query)
    packed, reduced = ask(lambda adapter, absent: _packed(adapter.scan(query.without_entries(absent))))
    return Found(packed, reduced)


def _packed(keys: Iterable[str]) -> bytes:
    packed = bytearray()
    for key in keys:
        packed += UUID(key).bytes
    return bytes(packed)


def similar(key: str, language: str, limit: int) -> tuple[Document, ...]:
    """Entries most like this one, best first, as cards in `language`; none for an unknown key."""
    return ask(lambda adapter, absent: adapter.similar(key, language, limit, absent))[0]


def ask(question: Callable[[Engine, frozenset[str]], T]) -> tuple[T, bool]:
    """Put a question to the engine with the keys to treat as absent; by SQL and True while the engine cannot answer.

    One SQL besides the engine's own, none where the engine is the database itself, which hides by its own conditions.
    """
    adapter = engine()
    if not isinstance(adapter, DatabaseEngine):
        # Before the engine reads: a removal leaves the outbox only once the index has it.
        absent = pending_removals()
        if absent is not None:
            try:
                return question(adapter, absent), False
            except SearchUnavailable as error:
                logger.warning("The search engine cannot answer; the database does: %s", error)
                note_trouble(str(error))
        return question(DatabaseEngine(), frozenset()), True
    return question(adapter, frozenset()), False
