"""The corpus on the Elasticsearch node of the tests: in the site's own index, and in a raw one."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.test import override_settings

from elasticsearch import Elasticsearch, JsonSerializer
from elasticsearch.helpers import expand_action

from search.engines import engine
from search.engines.elasticsearch import indices
from search.engines.elasticsearch.connection import patient
from search.engines.elasticsearch.mapping import to_source
from tests.benchmarks.corpus import Corpus
from tests.benchmarks.filling import batches, raw_fields
from tests.benchmarks.raw_elasticsearch import RawCluster

T = TypeVar("T")
TIMEOUT = 60.0
"""Seconds: a measurement is to tell how long a page took, not that it was given up."""
ORIGINALS = 100_000
"""Entries that are made one by one; a larger corpus repeats them under other keys, which costs the site little."""
CHUNK = 250
SENDERS = 2


@dataclass(frozen=True, slots=True)
class OnCluster:
    """A corpus on the node, in the site's index of this name."""

    size: int
    index: str

    @property
    def title(self) -> str:
        """What is measured, in words."""
        return f"{self.size} entries on Elasticsearch"

    def chosen(self) -> override_settings:
        """Lets the site search there, in a `with` block."""
        cluster = replace(
            settings.ELASTICSEARCH, urls=(node(),), index=self.index, shards=1, replicas=0, timeout=TIMEOUT
        )
        return override_settings(SEARCH_ENGINE="elasticsearch", ELASTICSEARCH=cluster)


def node() -> str:
    """The address of the node."""
    return os.environ["ELASTICSEARCH_URL"]


def fill_raw(raw: RawCluster, count: int) -> None:
    """Write a corpus of this size to a raw index."""
    raw.make()
    _send_all(([raw_fields(document) for document in batch] for batch in batches(Corpus().documents(count))), raw.put)
    raw.finish()


def fill(count: int) -> None:
    """Publish a corpus of this size in the site's engine, unless it has as many entries already."""
    if engine().health().documents == count:
        return
    client = patient()
    indices.sweep(client)
    name = indices.make(client)
    operations = _operations(count)
    _send_all(iter(lambda: list(islice(operations, CHUNK)), []), lambda chunk: _send(client, name, chunk))
    indices.publish(client, name)
    assert engine().health().documents == count


def _send_all(chunks: Iterable[T], send: Callable[[T], None]) -> None:
    """Send chunks in threads while the next ones are made; only a few wait, all of them would fill the memory."""
    with ThreadPoolExecutor(SENDERS) as pool:
        waiting: deque[Future[None]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(send, chunk))
            if len(waiting) > SENDERS * 2:
                waiting.popleft().result()
        for sent in waiting:
            sent.result()


def _send(client: Elasticsearch, name: str, chunk: list[tuple[bytes, bytes]]) -> None:
    assert not client.bulk(index=name, operations=list(chain.from_iterable(chunk)))["errors"]


def _operations(count: int) -> Iterator[tuple[bytes, bytes]]:
    """Lines of a bulk request: each original, and its copies under keys of their own."""
    dumps = JsonSerializer().dumps
    for number, document in enumerate(Corpus().documents(min(count, ORIGINALS))):
        source = dumps(to_source(document))
        for copy in range(number, count, ORIGINALS):
            key = document.key if copy == number else str(UUID(int=copy, version=4))
            action, _ = expand_action({"_op_type": "index", "_id": key})
            yield dumps(action), source.replace(document.key.encode(), key.encode())
