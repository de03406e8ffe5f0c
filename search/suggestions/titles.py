"""Titles of all pages in memory, brought level with the database by reading only what was written since.

What is kept is no secret of the process alone: whoever shows a title first asks the database whether it may be found.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock

from django.db.models import Count, Max

from search.models import EntryText

# A transaction may commit a row later than another wrote a younger one.
OVERLAP = timedelta(minutes=5)


@dataclass(slots=True)
class Titles:
    """Folded titles, ` word word `, and their languages by page."""

    words: dict[int, str] = field(default_factory=dict)
    languages: dict[int, str] = field(default_factory=dict)
    state: tuple[datetime | None, int] = (None, 0)

    def level(self) -> None:
        """Read what was written since the last time; one SQL when that is nothing."""
        found = EntryText.objects.aggregate(last=Max("kept_at"), count=Count("pk"))
        state = (found["last"], found["count"])
        if state == self.state:
            return
        since = self.state[0]
        rows = _read(since - OVERLAP) if since else []
        if len({*self.words, *(pk for pk, _words, _language in rows)}) != state[1]:  # some are gone, or none was read
            self.words, self.languages, rows = {}, {}, _read(None)
        # New ones each time: whoever reads the former ones now is not disturbed.
        self.words = self.words | {pk: words for pk, words, _language in rows}
        self.languages = self.languages | {pk: language for pk, _words, language in rows}
        self.state = state


def _read(since: datetime | None) -> list[tuple[int, str, str]]:
    texts = EntryText.objects.all() if since is None else EntryText.objects.filter(kept_at__gte=since)
    return list(texts.values_list("pk", "title_words", "language"))


_titles = Titles()
_lock = Lock()


def all_titles() -> Titles:
    """The titles as they are now: one SQL, one more when something was written."""
    with _lock:
        _titles.level()
        return replace(_titles)
