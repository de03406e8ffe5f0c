"""Removals act at once: what is still in the outbox is left out of every search."""

from __future__ import annotations

from typing import Final

from search.upkeep.models import IndexChange

MOST: Final = 1000
"""More keys than this an engine is not asked to leave out."""


def pending_removals() -> frozenset[str] | None:
    """Keys of entries to be treated as absent, set-aside ones too; None when they are too many. One indexed SQL.

    Ask before the engine: a row goes only after the index has it.
    """
    rows = IndexChange.objects.due().filter(removal=True, delivered_at=None)
    keys = list(rows.order_by().values_list("target", flat=True).distinct()[: MOST + 1])
    return frozenset(keys) if len(keys) <= MOST else None
