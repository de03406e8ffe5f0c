"""From the outbox to the engine: row ids first, then state, then the index, and only then exactly those rows go.

A crash at any point repeats work and loses none. No transaction is open while the engine works.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases import terms
from search.engines import engine
from search.engines.port import SearchUnavailable
from search.upkeep import locks
from search.upkeep.models import IndexChange, IndexState
from search.upkeep.scopes import keys_of
from search.upkeep.writing import write

logger = logging.getLogger(__name__)
Scope = IndexChange.Scope
BATCH: Final = 500
ATTEMPT_ROUNDS: Final = 4
"""What a request delivers at most after its own commit; the rest is for the worker, or the next commit."""

_deferred: ContextVar[bool] = ContextVar("deferred_delivery", default=False)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a call delivered: the number of rows, those that failed, and whether another deliverer was at work."""

    rows: int = 0
    failed: int = 0
    busy: bool = False


def attempt() -> None:
    """Deliver after a commit, without waiting: whoever holds the lock takes these rows too."""
    if _deferred.get():
        return
    try:
        deliver(ATTEMPT_ROUNDS)
    except SearchUnavailable as error:
        # Before the first rebuild there is nothing to bring level, and nobody to warn.
        level = logging.WARNING if IndexState.current().rebuilt_at else logging.DEBUG
        logger.log(level, "The search index was not brought level after a commit; the changes wait: %s", error)


@contextmanager
def deferred_delivery() -> Iterator[None]:
    """Write rows but deliver nothing inside the block: for loading much, followed by `rebuild_index`."""
    token = _deferred.set(True)
    try:
        yield
    finally:
        _deferred.reset(token)


def deliver(rounds: int | None = None) -> Delivery:
    """Deliver what is due, at most `rounds` batches. Raises `SearchUnavailable` when the engine is in trouble.

    Rows that are written while this runs are delivered too: one whose writer found the lock taken is seen by the
    look at the outbox after the lock was given back.
    """
    run = _Run(rounds)
    while True:
        with locks.held(locks.DELIVERY) as mine:
            if not mine:
                return Delivery(run.rows, len(run.failed), busy=True)
            while run.round():
                pass
        if run.is_over():
            return Delivery(run.rows, len(run.failed))


@dataclass(slots=True)
class _Run:
    """One call of `deliver`; what failed in it is not tried again before the next."""

    rounds: int | None
    rows: int = 0
    failed: set[int] = field(default_factory=set)

    def is_over(self) -> bool:
        return self.rounds == 0 or not self._waiting(1)

    def round(self) -> bool:
        """Deliver one batch; False when there is none, or no round left."""
        if self.rounds == 0:
            return False
        # Ids before state: a change that is committed after this has a row that is read later.
        waiting = self._waiting(BATCH)
        if not waiting:
            return False
        self.rounds = None if self.rounds is None else self.rounds - 1
        terms.refresh()
        if wide := [row for row in waiting if row[1] != Scope.ENTRY]:
            expand(wide)
        self._deliver([row for row in waiting if row[1] == Scope.ENTRY])
        return True

    def _waiting(self, most: int) -> list[tuple[int, str, str]]:
        rows = IndexChange.objects.waiting().exclude(pk__in=self.failed)
        return list(rows.order_by("pk").values_list("pk", "scope", "target")[:most])

    def _deliver(self, rows: list[tuple[int, str, str]]) -> None:
        reasons = write(engine(), list(dict.fromkeys(key for _pk, _scope, key in rows)))
        failed = {pk: reasons[key] for pk, _scope, key in rows if key in reasons}
        done = [(pk, key) for pk, _scope, key in rows if key not in reasons]
        settle([pk for pk, _key in done], {key for _pk, key in done})
        note_failures(failed)
        self.rows += len(done)
        self.failed |= failed.keys()


def expand(rows: Sequence[tuple[int, str, str]]) -> None:
    """Replace rows of wide scopes by one row for each of their entries, in one transaction."""
    with transaction.atomic():
        keys = keys_of((scope, target) for _pk, scope, target in rows)
        entries = (IndexChange(scope=Scope.ENTRY, target=key) for key in sorted(keys))
        IndexChange.objects.bulk_create(entries, batch_size=BATCH)
        IndexChange.objects.filter(pk__in=[pk for pk, _scope, _target in rows]).delete()


def settle(ids: Sequence[int], keys: set[str]) -> None:
    """Delete delivered rows, and the older failures of the same entries; keep the rows for a rebuild that runs."""
    IndexChange.objects.set_aside().filter(scope=Scope.ENTRY, target__in=keys).delete()
    rows = IndexChange.objects.filter(pk__in=ids)
    if locks.is_held(locks.REBUILD):
        rows.update(delivered_at=timezone.now())
        return
    # A rebuild that starts now reads a state that is later than these rows.
    rows.delete()
    IndexChange.objects.exclude(delivered_at=None).delete()


def note_failures(failed: dict[int, str]) -> None:
    """Count a failure of each row, with its reason; at the third it is set aside."""
    by_reason: dict[str, list[int]] = {}
    for pk, reason in failed.items():
        by_reason.setdefault(reason, []).append(pk)
    for reason, ids in by_reason.items():
        IndexChange.objects.filter(pk__in=ids).update(attempts=F("attempts") + 1, failed_reason=reason)


def retry() -> int:
    """Let everything that was set aside be tried again; return the number of rows."""
    return IndexChange.objects.set_aside().update(attempts=0, failed_reason="")
