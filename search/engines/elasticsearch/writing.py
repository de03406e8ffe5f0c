"""Writing in bulk: again after a pause where the cluster is full, and a name and a reason for what it refuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from search.documents import IndexDocument
from search.engines.elasticsearch.mapping import to_source
from search.engines.port import SearchFull, SearchUnavailable

TRIES: Final = 2
TRIES_OF_A_REBUILD: Final = 6
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 20.0
"""Seconds between further tries while the cluster answers 429 or 503, doubled each time."""
CHUNK: Final = 125
"""Actions of one request: the next ones are made while the cluster works on these."""
MOST_BYTES: Final = 8 * 1024 * 1024
FULL: Final = frozenset({429, 503})
NOT_FOUND: Final = 404
NOT_OF_ONE: Final = ("cluster_block_exception", "index_not_found_exception")
"""Refusals that concern the index and not the document that was to be written."""
Action = dict[str, Any]


class DocumentRefusedError(ValueError):
    """The cluster takes other documents but not this one; the message names it and the reason."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Where documents go, and how often again while the cluster is full.

    That is an index, or an alias, which must exist: a write never makes an index by itself.
    """

    client: Elasticsearch
    name: str
    is_alias: bool
    tries: int


def write(goal: Goal, documents: Iterable[IndexDocument]) -> None:
    """Write documents, each in place of an older one. See `_send`."""
    _send(goal, ({"_op_type": "index", "_id": each.key, "_source": to_source(each)} for each in documents))


def delete(goal: Goal, keys: Iterable[str]) -> None:
    """Take entries out; those that are not there count as taken out. See `_send`."""
    _send(goal, ({"_op_type": "delete", "_id": key} for key in keys))


def _send(goal: Goal, actions: Iterable[Action]) -> None:
    """Send actions; what goes through is written, whatever becomes of others.

    Raises `SearchUnavailable` while the cluster is too full to write or has no such index, as `SearchFull` where it
    took none of several, and `DocumentRefusedError` for a document that it will never take.
    """
    results = list(_results(goal, actions))
    number, refused = len(results), [failure for failure in results if failure]
    if not refused:
        return
    key, status, reason = refused[0]
    of_index = any(told.startswith(NOT_OF_ONE) for _, _, told in refused)
    if of_index or (len(refused) == number > 1 and all(status in FULL for _, status, _ in refused)):
        raise SearchFull(f"The cluster takes no documents: {reason}")
    if any(status in FULL for _, status, _ in refused):
        raise SearchUnavailable(f"The cluster does not take {len(refused)} of {number} documents: {reason}")
    raise DocumentRefusedError(f"{len(refused)} refused; {key}: {status} {reason}")


def _results(goal: Goal, actions: Iterable[Action]) -> Iterator[tuple[str, int, str] | None]:
    """For each action nothing, or its key with status and reason when it failed."""
    results = streaming_bulk(
        goal.client,
        _ahead(actions),
        index=goal.name,
        chunk_size=CHUNK,
        max_chunk_bytes=MOST_BYTES,
        max_retries=goal.tries,
        retry_on_status=FULL,
        initial_backoff=FIRST_PAUSE,
        max_backoff=LONGEST_PAUSE,
        raise_on_error=False,
        require_alias=goal.is_alias,
    )
    for ok, result in results:
        operation, item = next(iter(result.items()))
        if ok or (operation == "delete" and item["status"] == NOT_FOUND and "error" not in item):
            yield None
            continue
        error = item.get("error", {})
        told = f"{error.get('type')}: {error.get('reason')}" if isinstance(error, dict) else str(error)
        yield str(item.get("_id")), int(item["status"]), told


def _ahead(actions: Iterable[Action]) -> Iterator[Action]:
    """The same actions, a chunk of them made in a thread while whoever asks waits for the cluster."""
    source = iter(actions)
    with ThreadPoolExecutor(1) as thread:
        following = thread.submit(lambda: list(islice(source, CHUNK)))
        while chunk := following.result():
            following = thread.submit(lambda: list(islice(source, CHUNK)))
            yield from chunk
