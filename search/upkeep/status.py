"""How the index is: for `/readyz`, the panel and the worker. A constant number of SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Min, Q
from django.utils import timezone

from core.health import Finding
from search.engines import engine
from search.engines.port import Health
from search.upkeep import locks
from search.upkeep.models import MAX_ATTEMPTS, IndexChange, IndexState

LONG: Final = 600
"""Seconds a change may wait before something is wrong with whoever should deliver it."""


@dataclass(frozen=True, slots=True)
class Status:
    """The engine, its last rebuild, and the outbox: numbers of changes, and since when the oldest waits."""

    engine: str
    health: Health
    state: IndexState
    waiting: int
    set_aside: int
    oldest: datetime | None
    is_rebuilding: bool

    @property
    def oldest_seconds(self) -> int:
        """Age of the oldest waiting change, 0 when none waits."""
        return max(0, int((timezone.now() - self.oldest).total_seconds())) if self.oldest else 0

    @property
    def rate(self) -> int:
        """Entries a second of the rebuild that runs, or of the last one."""
        if self.is_rebuilding and self.state.begun_at:
            return round(self.state.done / max(1.0, (timezone.now() - self.state.begun_at).total_seconds()))
        return round(self.state.documents / max(1.0, self.state.seconds))

    @property
    def trouble(self) -> str:
        """What is wrong, in words; empty when nothing is."""
        if not self.health.ok:
            return self.health.detail
        if self.state.trouble:
            return self.state.trouble
        return "Changes wait and nobody delivers them." if self.oldest_seconds > LONG else ""


def status() -> Status:
    """Ask the engine, the outbox and the lock; a constant number of SQL besides the engine's own."""
    pending = IndexChange.objects.due().filter(delivered_at=None)
    waits = Q(attempts__lt=MAX_ATTEMPTS)
    counts = pending.aggregate(waiting=Count("pk", filter=waits), all=Count("pk"), oldest=Min("due_at", filter=waits))
    return Status(
        engine=engine().name,
        health=engine().health(),
        state=IndexState.current(),
        waiting=counts["waiting"],
        set_aside=counts["all"] - counts["waiting"],
        oldest=counts["oldest"],
        is_rebuilding=locks.is_held(locks.REBUILD),
    )


def probe() -> Finding:
    """What `/readyz` says of the search."""
    now = status()
    details: dict[str, Any] = {
        "engine": now.engine,
        "documents": now.health.documents,
        "waiting": now.waiting,
        "set_aside": now.set_aside,
        "oldest_seconds": now.oldest_seconds,
    }
    return Finding(ok=not now.trouble, details=details | ({"detail": now.trouble} if now.trouble else {}))


def note_trouble(reason: str) -> None:
    """Let the worker know that the engine failed a search: some damage shows only then. One SQL."""
    if not IndexState.objects.filter(pk=IndexState.ROW, trouble="").update(trouble=reason[:300]):
        IndexState.objects.bulk_create([IndexState(pk=IndexState.ROW, trouble=reason[:300])], ignore_conflicts=True)


def needs_rebuild(engine_health: Health, state: IndexState) -> str:
    """Why the index has to be made anew, in words; empty when it need not be."""
    if not engine_health.ok:
        return engine_health.detail
    if state.trouble:
        return f"A search failed: {state.trouble}"
    if engine_health.documents is not None and state.engine != engine().name:
        return "The index was not made from this database."
    if state.rebuilt_at and state.engine == engine().name and state.year != timezone.now().year:
        return "Another year began, for which entries that go on count."
    return ""
