"""What is done again and again without anybody asking: each chore by one process, one that fails stops no other.

Any room registers chores in `AppConfig.ready`; the worker calls `run_due` in each of its rounds.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from core.models import ChoreRun

logger = logging.getLogger(__name__)
LEASE: Final = timedelta(minutes=15)
"""How long a chore belongs to the process that began it; one that was killed is begun again after it."""


@dataclass(frozen=True, slots=True)
class Chore:
    """One kind of work and how often it is due."""

    name: str
    work: Callable[[], object]
    every: timedelta


_chores: dict[str, Chore] = {}


def register_chore(name: str, work: Callable[[], object], every: timedelta) -> None:
    """Let `work` be done each time `every` has passed; the first time at once. A known name is replaced."""
    _chores[name] = Chore(name, work, every)


def run_due() -> int:
    """Do each chore that is due and that no other process took, and return how many were done without a failure."""
    now = timezone.now()
    waiting = set(ChoreRun.objects.filter(due_at__gt=now).values_list("name", flat=True))
    return sum(_run(chore) for chore in list(_chores.values()) if chore.name not in waiting)


def _run(chore: Chore) -> bool:
    started = timezone.now()
    if not _claim(chore, started):
        return False
    trouble = ""
    try:
        chore.work()
    except Exception as error:
        logger.exception("The chore %s failed", chore.name)
        trouble = f"{type(error).__name__}: {error}"[: ChoreRun.TROUBLE_LENGTH]
    done = ChoreRun.objects.filter(name=chore.name)
    done.update(due_at=started + chore.every, finished_at=timezone.now(), trouble=trouble)
    return not trouble


def _claim(chore: Chore, now: datetime) -> bool:
    """Take the chore: of all processes that try, one changes the row."""
    ChoreRun.objects.get_or_create(name=chore.name, defaults={"due_at": now})
    mine = ChoreRun.objects.filter(name=chore.name, due_at__lte=now)
    return bool(mine.update(due_at=now + max(chore.every, LEASE), started_at=now))
