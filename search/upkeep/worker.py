"""The worker: publishes what is scheduled, does the chores, delivers what changed, and makes a broken index anew."""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

from django.db import DatabaseError, close_old_connections

from core.chores import run_due
from core.jobs import running as jobs
from search.collecting import all_keys
from search.engines import engine
from search.engines.port import RebuildRunning, SearchUnavailable
from search.upkeep import locks
from search.upkeep.delivery import Delivery, deliver
from search.upkeep.models import IndexChange, IndexState
from search.upkeep.rebuild import RebuildFailedError, rebuild
from search.upkeep.schedule import Schedule
from search.upkeep.status import needs_rebuild

logger = logging.getLogger(__name__)
PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
BETWEEN_REBUILDS: Final = 300.0
BETWEEN_COUNTS: Final = 600.0
BETWEEN_CHECKS: Final = 5.0
ROUNDS: Final = 20


class Worker:
    """One process's worker; any number may run, of which one at a time does each kind of work."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.schedule = Schedule()
        self._next_rebuild = 0.0
        self._next_count = 0.0
        self._next_check = 0.0

    def run(self) -> None:
        """Work until `stop`; trouble is logged, and the pauses grow while it lasts. Jobs have a thread of their own."""
        pause = PAUSE
        self.compact()
        while not self.stopping.is_set():
            pause = PAUSE if self._round() else min(pause * 2, LONGEST_PAUSE)
            self.stopping.wait(pause)

    def stop(self) -> None:
        """End after the round that runs."""
        self.stopping.set()

    def compact(self) -> None:
        """Tidy the index, unless somebody writes to it."""
        with locks.held(locks.DELIVERY) as mine:
            if mine:
                try:
                    engine().compact()
                except SearchUnavailable as error:
                    logger.warning("The search index could not be tidied: %s", error)

    def once(self) -> Delivery:
        """One round: schedule, chores, rebuild if need be, deliver all that is due. Raises `SearchUnavailable`.

        Raises `RebuildFailedError` too.
        """
        with locks.held(locks.SCHEDULE) as mine:
            if mine:
                self.schedule.run()
        run_due()
        self._mend()
        return deliver(None if self.stopping.is_set() else ROUNDS)

    def _round(self) -> bool:
        close_old_connections()
        try:
            jobs.beat()
            jobs.wake()
            while (delivered := self.once()).rows and not self.stopping.is_set():
                logger.info("%d changes delivered, %d failed", delivered.rows, delivered.failed)
        except (SearchUnavailable, RebuildFailedError, DatabaseError) as error:
            logger.warning("The search index waits: %s", error)
            return False
        return True

    def _mend(self) -> None:
        """Rebuild an index that is missing, broken or not what the database holds; not over and over."""
        now = time.monotonic()
        if now < self._next_check:
            return
        self._next_check = now + BETWEEN_CHECKS
        reason = needs_rebuild(engine().health(), IndexState.current()) or self._count_is_off(now)
        if not reason or now < self._next_rebuild:
            return
        self._next_rebuild = now + BETWEEN_REBUILDS
        logger.warning("The search index is made anew: %s", reason)
        try:
            done = rebuild()
        except RebuildRunning as running:
            logger.info("%s", running)
        else:
            logger.info("The search index was made anew: %d documents in %.1f s", done.documents, done.seconds)

    def _count_is_off(self, now: float) -> str:
        if now < self._next_count:
            return ""
        self._next_count = now + BETWEEN_COUNTS
        expected = len(all_keys())
        found = engine().health().documents
        if found is None or found == expected or IndexChange.objects.due().exists() or len(all_keys()) != expected:
            return ""
        return f"The index has {found} documents, the database {expected}."
