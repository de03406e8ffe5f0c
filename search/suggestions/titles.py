"""Titles of all pages in memory, brought level with the database by reading only what was written since.

What is kept is no secret of the process alone: whoever shows a title first asks the database whether it may be found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from django.db.models import Count, Max

from search.models import EntryText

# A transaction may commit a row later than another wrote a younger one.
OVERLAP = timedelta(minutes=5)


@dataclass(slots=True)
class Titles:
    """Folded titles, ` word word `, by page, each with its language."""

    rows: dict[int, tuple[str, str]] = field(default_factory=dict)
    state: tuple[datetime | None, int] = (None, 0)

    def level(self) -> None:
        """Read what was written since the last time; one SQL when that is nothing."""
        found = EntryText.objects.aggregate(last=Max("kept_at"), count=Count("pk"))
        state = (found["last"], found["count"])
        if state == self.state:
            return
        since, rows = self.state[0], dict(self.rows)
        rows.update(_read(since - OVERLAP if since else None))
        if len(rows) != state[1]:  # some are gone, or another database is behind the connection
            rows = _read(None)
        self.rows, self.state = rows, state


def _read(since: datetime | None) -> dict[int, tuple[str, str]]:
    texts = EntryText.objects.all() if since is None else EntryText.objects.filter(kept_at__gte=since)
    return {pk: (words, language) for pk, words, language in texts.values_list("pk", "title_words", "language")}


_titles = Titles()
_lock = Lock()


def all_titles() -> Titles:
    """The titles as they are now: one SQL, one more when something was written."""
    with _lock:
        _titles.level()
        return Titles(_titles.rows, _titles.state)
