"""Writing in bulk: again after a pause where the cluster is full, and a name and a reason for what it refuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from search.documents import IndexDocument
from search.engines.elasticsearch.mapping import to_source
from search.engines.port import SearchUnavailable

TRIES: Final = 6
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 20.0
"""Seconds between tries while the cluster answers 429, doubled each time."""
CHUNK: Final = 500
MOST_BYTES: Final = 8 * 1024 * 1024
FULL: Final = frozenset({429, 503})
NOT_FOUND: Final = 404
NOT_OF_ONE: Final = ("cluster_block_exception", "index_not_found_exception")
"""Refusals that concern the index and not the document that was to be written."""
Action = dict[str, Any]


class DocumentRefusedError(ValueError):
    """The cluster takes other documents but not this one; the message names it and the reason."""


def write(client: Elasticsearch, index: str, documents: Iterable[IndexDocument], *, alias: bool) -> None:
    """Write documents, each in place of an older one. See `send`."""
    actions = ({"_op_type": "index", "_id": each.key, "_source": to_source(each)} for each in documents)
    send(client, index, actions, alias=alias)


def delete(client: Elasticsearch, index: str, keys: Iterable[str], *, alias: bool) -> None:
    """Take entries out; those that are not there count as taken out. See `send`."""
    send(client, index, ({"_op_type": "delete", "_id": key} for key in keys), alias=alias)


def send(client: Elasticsearch, index: str, actions: Iterable[Action], *, alias: bool) -> None:
    """Send actions to an index, or to an `alias`, which must exist: a write never makes an index by itself.

    Raises `SearchUnavailable` while the cluster is too full to write or has no such index, and `DocumentRefusedError`
    for a document that it will never take; what went through before has been written.
    """
    refused = list(_failures(client, index, actions, alias=alias))
    if not refused:
        return
    key, status, reason = refused[0]
    if any(status in FULL or told.startswith(NOT_OF_ONE) for _, status, told in refused):
        raise SearchUnavailable(f"The cluster takes no documents: {reason}")
    raise DocumentRefusedError(f"{len(refused)} refused; {key}: {status} {reason}")


def _failures(
    client: Elasticsearch, index: str, actions: Iterable[Action], *, alias: bool
) -> Iterator[tuple[str, int, str]]:
    results = streaming_bulk(
        client,
        actions,
        index=index,
        chunk_size=CHUNK,
        max_chunk_bytes=MOST_BYTES,
        max_retries=TRIES,
        initial_backoff=FIRST_PAUSE,
        max_backoff=LONGEST_PAUSE,
        raise_on_error=False,
        require_alias=alias,
    )
    for ok, result in results:
        operation, item = next(iter(result.items()))
        if not ok and not (operation == "delete" and item["status"] == NOT_FOUND and "error" not in item):
            error = item.get("error", {})
            told = f"{error.get('type')}: {error.get('reason')}" if isinstance(error, dict) else str(error)
            yield str(item.get("_id")), int(item["status"]), told
