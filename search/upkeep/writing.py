"""Writing entries to an index, and finding the ones that cannot be written without holding up all others."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from django.db import InterfaceError, OperationalError

from search.collecting import build
from search.documents import IndexDocument
from search.engines import engine
from search.engines.port import SearchFull, SearchUnavailable

logger = logging.getLogger(__name__)
DOUBT: Final = 3
"""Entries that fail one by one, none having gone through, before the engine and not they are blamed."""
MAX_REASON: Final = 300


class Target(Protocol):
    """What documents are written to: the engine, or the build of a new index."""

    def put(self, documents: Sequence[IndexDocument]) -> None:
        """Write documents."""

    def remove(self, keys: Sequence[str]) -> None:
        """Take entries out."""


def write(target: Target, keys: Sequence[str]) -> dict[str, str]:
    """Bring these entries level with the database; return the reason for each one that cannot be.

    Raises `SearchUnavailable`, or the database's error, when the trouble is not with single entries.
    """
    writing = _Writing(target)
    writing.write(keys)
    if writing.doubtful and not writing.went_through:
        raise writing.doubtful[-1]
    return writing.reasons


@dataclass(slots=True)
class _Writing:
    target: Target
    went_through: int = 0
    reasons: dict[str, str] = field(default_factory=dict)
    # An engine may break over one document as well as break altogether.
    doubtful: list[SearchUnavailable] = field(default_factory=list)

    def write(self, keys: Sequence[str]) -> None:
        """Write all, or by halves down to the single entries that fail."""
        if not keys:
            return
        try:
            self._put(keys)
        except (OperationalError, InterfaceError, SearchFull):
            raise
        except SearchUnavailable as error:
            self._doubt(keys, error)
        except Exception as error:
            logger.exception("Of %d entries not all can be indexed", len(keys))
            self._halve(keys, error)
        else:
            self.went_through += len(keys)

    def _put(self, keys: Sequence[str]) -> None:
        documents = build(keys)
        found = {document.key for document in documents}
        if documents:
            self.target.put(documents)
        if gone := [key for key in keys if key not in found]:
            self.target.remove(gone)

    def _doubt(self, keys: Sequence[str], error: SearchUnavailable) -> None:
        if self.target is engine() and not engine().health().ok:
            raise error
        if len(keys) == 1:
            self.doubtful.append(error)
            if len(self.doubtful) >= DOUBT and not self.went_through:
                raise error
        self._halve(keys, error)

    def _halve(self, keys: Sequence[str], error: Exception) -> None:
        if len(keys) == 1:
            self.reasons[keys[0]] = f"{type(error).__name__}: {error}"[:MAX_REASON]
            return
        middle = len(keys) // 2
        self.write(keys[:middle])
        self.write(keys[middle:])
