"""The chore: the links that were looked at longest ago, one of each server at a time, for half a minute at most."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from django.utils import timezone

from cases.checks.links.asking import Answer, ask
from cases.checks.reports import live_links
from cases.models.findings import LinkResult

EVERY: Final = timedelta(minutes=5)
AGAIN: Final = timedelta(days=7)
"""How old a result may get."""
SOONER: Final = timedelta(hours=20)
"""The same for a link that failed: a second look tells a bad night from a dead page."""
MOST: Final = 12
MOST_FORGOTTEN: Final = 500
SECONDS: Final = 30
"""For one run: the worker has other things to do."""


def check_links() -> int:
    """Look at the links that are due, and return how many; forgets addresses that no entry links to any more."""
    urls = list(dict.fromkeys(url for url, *_place in live_links()))
    known = {row.url: row for row in LinkResult.objects.all()}
    unlinked = [known[url].pk for url in known.keys() - set(urls)]
    LinkResult.objects.filter(pk__in=unlinked[:MOST_FORGOTTEN]).delete()
    end = time.monotonic() + SECONDS
    done = 0
    for url in _due(urls, known):
        if time.monotonic() > end:
            break
        _note(url, ask(url), known.get(url))
        done += 1
    return done


def _due(urls: list[str], known: dict[str, LinkResult]) -> list[str]:
    """Never seen first, then the oldest; one of each server, which so gets a request in five minutes at most."""
    now = timezone.now()
    waiting = [url for url in urls if url not in known or now - known[url].checked_at > _patience(known[url])]
    waiting.sort(key=lambda url: (url in known, known[url].checked_at if url in known else now, url))
    by_host: dict[str, str] = {}
    for url in waiting:
        by_host.setdefault(urlsplit(url).netloc.lower(), url)
    return list(by_host.values())[:MOST]


def _patience(row: LinkResult) -> timedelta:
    return SOONER if row.state == LinkResult.State.BROKEN and row.failures == 1 else AGAIN


def _note(url: str, answer: Answer, before: LinkResult | None) -> None:
    now = timezone.now()
    is_broken = answer.state == LinkResult.State.BROKEN
    failures = (before.failures if before else 0) + 1 if is_broken else 0
    since = (before.broken_since if before and before.broken_since else now) if is_broken else None
    LinkResult.objects.update_or_create(
        url=url,
        defaults={
            "state": answer.state,
            "code": answer.code,
            "problem": answer.problem,
            "failures": failures,
            "broken_since": since,
            "checked_at": now,
        },
    )
