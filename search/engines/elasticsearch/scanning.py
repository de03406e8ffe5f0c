"""All keys that a search finds, from one point in time, so many at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from elasticsearch import NotFoundError
from elasticsearch.dsl import Search

from search.engines.elasticsearch import indices, schema
from search.engines.elasticsearch.connection import client, guarded
from search.engines.port import SearchUnavailable

PIECE: Final = 1000
KEPT: Final = "1m"
"""How long the cluster keeps the point in time for the next piece."""
Ask = Callable[[dict[str, Any]], Mapping[str, Any]]


def keys(search: Search[Any], order: list[str], ask: Ask) -> Iterator[str]:
    """The keys in order; `ask` puts one body to the cluster."""
    point = _open()
    body = {**search.source(False).sort(*order).to_dict(), "size": PIECE, "track_total_hits": False}
    try:
        while True:
            hits = ask({**body, "pit": {"id": point, "keep_alive": KEPT}})["hits"]["hits"]
            yield from (str(hit["_id"]) for hit in hits)
            if len(hits) < PIECE:
                return
            body["search_after"] = hits[-1]["sort"]
    finally:
        with guarded("Searching"):
            client().options(ignore_status=404).close_point_in_time(id=point)


def _open() -> str:
    with guarded("Searching"):
        try:
            return str(client().open_point_in_time(index=schema.alias(), keep_alive=KEPT)["id"])
        except NotFoundError as error:
            raise SearchUnavailable(indices.NO_INDEX) from error
