"""A new index beside the live one: filled, brought level with what changed meanwhile, checked, and put in its place."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from django.utils import timezone

from cases import terms
from search.collecting import BATCH, all_keys
from search.engines import engine
from search.engines.port import Build, RebuildRunning
from search.upkeep import locks, record
from search.upkeep.delivery import note_failures
from search.upkeep.models import IndexChange, IndexState
from search.upkeep.scopes import keys_of
from search.upkeep.writing import write

Progress = Callable[[int, int], None]
"""Called with the number of entries written and the number of all."""
NICENESS: Final = 10
WAIT: Final = 2.0
"""Seconds: longer than anybody who only looks whether a rebuild runs holds the lock."""
WAIT_FOR_DELIVERY: Final = 600.0
CHECKS: Final = 5


class RebuildFailedError(Exception):
    """The new index was dropped and the old one stays; the message says why."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did: documents in the new index, seconds, and the reason for each entry that it leaves out."""

    documents: int
    seconds: float
    left_out: dict[str, str]


def give_way() -> None:
    """Let this process wait for those that answer visitors: a rebuild would keep a core from them."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)


def rebuild(progress: Progress = lambda _done, _total: None) -> Rebuilt:
    """Make the index anew from the database while the old one answers.

    Raises `RebuildRunning` naming who is at it, `SearchUnavailable`, and `RebuildFailedError` when the new index is
    not what the database holds.
    """
    with locks.held(locks.REBUILD, WAIT) as mine:
        if not mine:
            raise RebuildRunning(f"The index is being rebuilt already: {locks.holder(locks.REBUILD)}.")
        build = engine().begin_rebuild()
        try:
            return _Rebuild(build, progress).run()
        finally:
            build.discard()  # of what was published nothing


@dataclass(slots=True)
class _Rebuild:
    build: Build
    progress: Progress
    # Rows of the outbox that the new index has.
    seen: set[int] = field(default_factory=set)
    left_out: dict[str, str] = field(default_factory=dict)

    def run(self) -> Rebuilt:
        """Fill, catch up, check, publish, note."""
        start, year = time.monotonic(), timezone.now().year
        record.appoint_all()
        terms.refresh()
        self._fill(all_keys())
        # Requests go on delivering to the old index; here nobody may, until the new one is in its place.
        with locks.held(locks.DELIVERY, WAIT_FOR_DELIVERY) as mine:
            if not mine:
                raise RebuildFailedError(f"Delivery did not pause: {locks.holder(locks.DELIVERY)}.")
            self._catch_up()
            documents = self._checked()
            self.build.publish()
            self._note(Rebuilt(documents, time.monotonic() - start, self.left_out), year)
        return Rebuilt(documents, time.monotonic() - start, self.left_out)

    def _fill(self, keys: list[str]) -> None:
        IndexState.objects.update_or_create(
            pk=IndexState.ROW, defaults={"begun_at": timezone.now(), "total": len(keys), "done": 0}
        )
        self.progress(0, len(keys))
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH]
            self._write(batch)
            IndexState.objects.filter(pk=IndexState.ROW).update(done=start + len(batch))
            self.progress(start + len(batch), len(keys))

    def _write(self, keys: list[str]) -> None:
        reasons = write(self.build, keys)
        for key in keys:
            self.left_out.pop(key, None)
        self.left_out |= reasons

    def _catch_up(self) -> None:
        """Bring in every row of the outbox, delivered to the old index or not, until there are no others."""
        while rows := self._unseen():
            terms.refresh()
            keys = sorted(keys_of((scope, target) for _pk, scope, target in rows))
            for start in range(0, len(keys), BATCH):
                self._write(keys[start : start + BATCH])
            self.seen |= {pk for pk, _scope, _target in rows}

    def _unseen(self) -> list[tuple[int, str, str]]:
        rows = IndexChange.objects.due().order_by("pk").values_list("pk", "scope", "target")
        return [row for row in rows if row[0] not in self.seen]

    def _checked(self) -> int:
        """Number of documents, when it is that of the findable entries; what changes meanwhile is taken in."""
        for _check in range(CHECKS):
            expected = len(set(all_keys()) - self.left_out.keys())
            found = self.build.count()
            if found == expected:
                return found
            self._catch_up()
        raise RebuildFailedError(f"The new index has {found} documents, the database {expected}; it was dropped.")

    def _note(self, done: Rebuilt, year: int) -> None:
        """Settle the rows, set aside what could not be written, and note the rebuild."""
        rows = IndexChange.objects.filter(pk__in=self.seen)
        failed = dict(rows.filter(target__in=self.left_out).values_list("pk", "target"))
        _delete(self.seen - failed.keys())
        missing = self.left_out.keys() - failed.values()
        new = IndexChange.objects.bulk_create(IndexChange(scope="entry", target=key) for key in sorted(missing))
        failed |= {row.pk: row.target for row in new}
        note_failures({pk: self.left_out[key] for pk, key in failed.items()})
        IndexState.objects.update_or_create(
            pk=IndexState.ROW,
            defaults={
                "engine": engine().name,
                "rebuilt_at": timezone.now(),
                "seconds": done.seconds,
                "documents": done.documents,
                "year": year,
                "trouble": "",
            },
        )


def _delete(ids: set[int]) -> None:
    in_order = sorted(ids)
    for start in range(0, len(in_order), BATCH):
        IndexChange.objects.filter(pk__in=in_order[start : start + BATCH]).delete()
