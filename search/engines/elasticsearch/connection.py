"""One client a process, and the one door through which the client's errors leave: as `SearchUnavailable`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

from django.conf import settings

from elasticsearch import ApiError, Elasticsearch, SerializationError, TransportError

from search.engines.port import SearchUnavailable

BULK_TIMEOUT: Final = 60.0
"""Seconds for what a rebuild writes and for what is done to whole indices; searches have the site's own time-out."""
CHANGE_TIMEOUT: Final = 10.0
"""Seconds for changes of the live index: whoever published waits for them, and the outbox keeps them."""
MOST_OF_A_REASON: Final = 300


def client() -> Elasticsearch:
    """The client of the site's cluster, one a process: a connection is not to be shared with a forked child."""
    return _client(os.getpid(), _options())


def patient(seconds: float = BULK_TIMEOUT) -> Elasticsearch:
    """The same client with the time that writes may take."""
    return client().options(request_timeout=seconds)


@contextmanager
def guarded(doing: str) -> Iterator[None]:
    """Raise `SearchUnavailable` for any trouble of the cluster or the way to it inside the block."""
    try:
        yield
    except (ApiError, TransportError, SerializationError) as error:
        raise SearchUnavailable(f"{doing} failed: {reason(error)}") from error


def reason(error: Exception) -> str:
    """What went wrong in one line, with what Elasticsearch names as the cause."""
    if isinstance(error, ApiError):
        body = error.body if isinstance(error.body, dict) else {}
        cause = body.get("error", {})
        told = cause.get("reason") if isinstance(cause, dict) else cause
        return f"{error.status_code} {error.message}: {told or body}"[:MOST_OF_A_REASON]
    return f"{type(error).__name__}: {error}"[:MOST_OF_A_REASON]


def _options() -> tuple[tuple[str, Any], ...]:
    chosen = settings.ELASTICSEARCH
    options = {
        "hosts": tuple(chosen.urls),
        "request_timeout": chosen.timeout,
        "connections_per_node": chosen.connections,
        "api_key": chosen.api_key or None,
        "ca_certs": chosen.ca or None,
    }
    return tuple((name, value) for name, value in options.items() if value is not None)


@lru_cache(maxsize=4)
def _client(_process: int, options: tuple[tuple[str, Any], ...]) -> Elasticsearch:
    values = dict(options)
    hosts = list(values.pop("hosts"))
    # Another node is asked where one is not there. A page does not wait for a second try of the same, or after a
    # time-out: the database answers meanwhile, and the breaker spares the next pages.
    return Elasticsearch(hosts, max_retries=len(hosts) - 1, retry_on_timeout=False, **values)
