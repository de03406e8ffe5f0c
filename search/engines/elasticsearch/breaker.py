"""Spares searches the wait for a cluster that does not answer, and tries it again by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from search.engines.port import SearchUnavailable

FIRST_PAUSE: Final = 2.0
LONGEST_PAUSE: Final = 30.0
"""Seconds for which nobody asks after a failure, doubled with each that follows."""


class Breaker:
    """Open after a failure; when its pause is over one caller tries, the others still do not wait."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._pause = 0.0
        self._until = 0.0
        self._why = ""

    @contextmanager
    def guarding(self) -> Iterator[None]:
        """Run the block, or raise `SearchUnavailable` at once while open; what happens in it opens or closes."""
        self._pass()
        try:
            yield
        except SearchUnavailable as error:
            self.opened(str(error))
            raise
        self.closed()

    def refuse_while_open(self) -> None:
        """Raise `SearchUnavailable` while open, without trying: for what can wait."""
        with self._lock:
            self._refuse()

    def opened(self, why: str) -> None:
        """Note a failure."""
        with self._lock:
            self._pause = min(max(self._pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
            self._until = self._clock() + self._pause
            self._why = why

    def closed(self) -> None:
        """Note that the cluster answers."""
        if self._pause:
            with self._lock:
                self._pause = self._until = 0.0

    def _pass(self) -> None:
        if not self._pause:
            return
        with self._lock:
            self._refuse()
            # This caller tries; the next one only after as long again, should it not come back.
            self._until = self._clock() + self._pause

    def _refuse(self) -> None:
        if (left := self._until - self._clock()) > 0:
            raise SearchUnavailable(f"{self._why} (not asked again for {left:.0f} s)")
