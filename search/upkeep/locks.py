"""The locks of the index's upkeep, by name; how they are held stands in `core.locks`."""

from __future__ import annotations

from typing import Final

from core.locks import held, holder, is_held

DELIVERY: Final = "delivery"
REBUILD: Final = "rebuild"
SCHEDULE: Final = "schedule"

__all__ = ["DELIVERY", "REBUILD", "SCHEDULE", "held", "holder", "is_held"]
