"""Writing the outbox: always in the transaction of the change itself, so that one is not without the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.models import EntryPage
from core.visibility import findable
from search.upkeep.models import IndexChange

Scope = IndexChange.Scope
BATCH: Final = 1000
_listeners: list[Callable[[], None]] = []


def after_commit(listener: Callable[[], None]) -> None:
    """Call `listener` once after each transaction that wrote rows; what it raises is logged and goes no further."""
    if listener not in _listeners:
        _listeners.append(listener)


def touched(scope: IndexChange.Scope, targets: Iterable[Any]) -> None:
    """Note that these things (primary keys, or translation keys of entries) changed."""
    _write(IndexChange(scope=scope, target=str(target)) for target in targets)


def removed(keys: Iterable[Any]) -> None:
    """Note that something of these entries may no longer be shown: no search finds them until that is delivered."""
    _write(IndexChange(scope=Scope.ENTRY, target=str(key), removal=True) for key in keys)


def removed_below(path: str) -> None:
    """The same for the entries with a page at or below a path of the tree that was open until now."""
    pages = EntryPage.objects.filter(path__startswith=path, live=True).order_by()
    removed(pages.values_list("translation_key", flat=True).distinct())


def entry_saved(pk: int, key: Any) -> None:
    """Note a change of an entry's page, as a removal unless the page is findable, and the entry's appointments."""
    _appointed().filter(target=str(key)).delete()
    # Read after the deletion: what another transaction appointed before it is among the pages then.
    pages = EntryPage.objects.filter(translation_key=key)
    times = list(pages.order_by().values_list("go_live_at", "expire_at"))
    removal = not findable(pages.filter(pk=pk)).exists()
    now = IndexChange(scope=Scope.ENTRY, target=str(key), removal=removal)
    _write([now, *(row for pair in times for row in _appointments(key, *pair))])


def appoint_all() -> None:
    """Write the appointments that are missing: pages may have come past every signal."""
    now = timezone.now()
    pages = EntryPage.objects.filter(Q(go_live_at__gt=now) | Q(expire_at__gt=now)).order_by()
    known = set(_appointed().values_list("target", "due_at"))
    rows = [
        row
        for key, go_live, expire in pages.values_list("translation_key", "go_live_at", "expire_at")
        for row in _appointments(key, go_live, expire)
        if (row.target, row.due_at) not in known
    ]
    _write(rows)


def _appointed() -> QuerySet[IndexChange]:
    """Appointments that are still to come."""
    return IndexChange.objects.filter(scope=Scope.ENTRY, appointment=True, due_at__gt=timezone.now())


def _appointments(key: Any, go_live: datetime | None, expire: datetime | None) -> list[IndexChange]:
    """Rows for the end of an embargo and for an expiry that are still to come."""
    now, rows = timezone.now(), []
    if go_live is not None and go_live > now:
        rows.append(IndexChange(scope=Scope.ENTRY, target=str(key), due_at=go_live, appointment=True))
    if expire is not None and expire > now:
        rows.append(IndexChange(scope=Scope.ENTRY, target=str(key), due_at=expire, removal=True, appointment=True))
    return rows


def _write(rows: Iterable[IndexChange]) -> None:
    if IndexChange.objects.bulk_create(rows, batch_size=BATCH):
        for listener in _listeners:
            _call_after_commit(listener)


def _call_after_commit(listener: Callable[[], None]) -> None:
    """Once a transaction is enough; but what was asked for inside a savepoint is forgotten with that savepoint."""
    inside = set(connection.savepoint_ids)
    waiting: list[Any] = connection.run_on_commit
    if not any(asked is listener and sids <= inside for sids, asked, *_ in waiting):
        transaction.on_commit(listener, robust=True)
