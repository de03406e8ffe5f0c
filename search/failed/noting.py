"""Noting failed searches: counted in memory, written now and then by a thread of its own, thrown away in time.

A search never waits for this and never fails by it: it adds one to a counter. Memory and table are bounded; what does
not fit is not counted. A process that ends loses the last moments' counts, which matters to nobody.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, F, Sum
from django.utils import timezone

from search.failed.models import FailedSearch
from search.failed.words import fingerprint, kept_words
from search.query import Query

logger = logging.getLogger(__name__)
ENOUGH_DAYS: Final = 3
ENOUGH_SEARCHES: Final = 5
"""Words can be read once they failed on so many days, or so often."""
KEPT: Final = timedelta(days=90)
MOST_WAITING: Final = 300
THREAD: Final = "failed searches"
MOST_ROWS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Key:
    """What is counted as one."""

    day: date
    language: str
    words: str


@dataclass(slots=True)
class Tally:
    """How often, and the most that any of these searches found."""

    requests: int = 0
    found: int = 0


@dataclass(slots=True)
class Waiting:
    """What this process has counted and not written yet."""

    tallies: dict[Key, Tally] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_waiting = Waiting()


def note(query: Query, total: int) -> None:
    """Count a search that found little or nothing; called after it was answered. No SQL."""
    words = kept_words(query, total)
    if not words:
        return
    key = Key(timezone.now().date(), query.language, words)
    with _waiting.lock:
        first = not _waiting.tallies
        if key not in _waiting.tallies and len(_waiting.tallies) >= MOST_WAITING:
            return
        tally = _waiting.tallies.setdefault(key, Tally())
        tally.requests += 1
        tally.found = max(tally.found, total)
    if first and settings.FAILED_SEARCHES_WRITTEN_AFTER is not None:
        timer = threading.Timer(settings.FAILED_SEARCHES_WRITTEN_AFTER, _write_apart)
        timer.name, timer.daemon = THREAD, True
        timer.start()


def write() -> int:
    """Write what was counted and return how many rows were touched."""
    with _waiting.lock:
        tallies, _waiting.tallies = _waiting.tallies, {}
    if not tallies:
        return 0
    prints = {key: fingerprint(key.language, key.words) for key in tallies}
    with transaction.atomic():
        room = _make_room()
        for key, tally in tallies.items():
            room -= _add(key, prints[key], tally, room > 0)
        _reveal({prints[key]: key.words for key in tallies})
    return len(tallies)


def tidy() -> int:
    """Throw away what is too old; returns how many rows went."""
    return FailedSearch.objects.filter(day__lt=timezone.now().date() - KEPT).delete()[0]


def forget() -> None:
    """Drop what was counted and not written."""
    with _waiting.lock:
        _waiting.tallies = {}


def _write_apart() -> None:
    """In a thread: with a connection of its own, and trouble is not passed on."""
    try:
        write()
    except DatabaseError as error:
        logger.warning("Failed searches could not be counted: %s", error)
    finally:
        connection.close()


def _make_room() -> int:
    """Of the rows that nobody can read drop the oldest, when there are too many; returns how many may be added."""
    room = MOST_ROWS - FailedSearch.objects.count()
    if room > 0:
        return room
    oldest = FailedSearch.objects.filter(words="").order_by("day", "requests", "pk").values("pk")[: MOST_ROWS // 10]
    return room + FailedSearch.objects.filter(pk__in=list(oldest.values_list("pk", flat=True))).delete()[0]


def _add(key: Key, mark: str, tally: Tally, may_insert: bool) -> int:
    """Add to the row of the day, or make it; returns how many rows were made."""
    row = FailedSearch.objects.filter(fingerprint=mark, day=key.day)
    if row.update(requests=F("requests") + tally.requests, found=tally.found) or not may_insert:
        return 0
    made = FailedSearch(
        fingerprint=mark, language=key.language, day=key.day, requests=tally.requests, found=tally.found
    )
    FailedSearch.objects.bulk_create([made], ignore_conflicts=True)
    return 1


def _reveal(words: Mapping[str, str]) -> None:
    """Write the words into the rows of those that failed often enough; they are at hand just now."""
    rows = FailedSearch.objects.filter(fingerprint__in=words, day__gte=timezone.now().date() - KEPT).order_by()
    counts = rows.values("fingerprint").annotate(times=Sum("requests"), days=Count("day", distinct=True))
    for mark, times, days in counts.values_list("fingerprint", "times", "days"):
        if times >= ENOUGH_SEARCHES or days >= ENOUGH_DAYS:
            FailedSearch.objects.filter(fingerprint=mark, words="").update(words=words[mark])
