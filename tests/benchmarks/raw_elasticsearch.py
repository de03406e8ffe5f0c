"""The same page asked of Elasticsearch by hand: what it costs at least. Frozen: it uses nothing of `search/`.

What makes it fair: the same entries with the same words and values, in an index of its own that holds only what this
page needs (one field of all words, title and summary besides, no stems, no orders but the score), choices that do not
score, the best twenty by score with the number of all, what a card shows as the only stored source, and all facets in
the same request: one filter aggregation for those without a choice and one for each that has one. One `_search` sent
over a kept connection by urllib3, its JSON read and nothing made of it: no address or labels, no marks, nothing drawn,
nothing looked for that was just removed, one language.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import urllib3

FACETS = (
    "kind", "country", "theme", "group", "initiative", "sdg", "method", "stage", "participation", "official_use",
    "organisation_type", "language", "year", "tag",
)  # fmt: skip
SHOWN = ("shown_title", "shown_summary", "shown_body", "shown_url")
SIZE = 1000
Values = Mapping[str, Sequence[str]]
INDEX = {
    "settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": -1},
    "mappings": {
        "dynamic": "strict",
        "_source": {"includes": list(SHOWN)},
        "properties": {
            **{name: {"type": "text", "analyzer": "whitespace"} for name in ("text", "title", "summary")},
            **{name: {"type": "keyword"} for name in FACETS},
            **{name: {"type": "keyword", "index": False, "doc_values": False} for name in SHOWN},
        },
    },
}


class RawCluster:
    """An index on a node, asked over one kept connection; documents are given as fields with their values."""

    def __init__(self, url: str, name: str) -> None:
        self._pool = urllib3.connection_from_url(url, maxsize=4, timeout=120)
        self._name = name

    def make(self) -> None:
        """Start with an empty index."""
        self.drop()
        self._ask("PUT", "", INDEX)

    def put(self, documents: Iterable[Mapping[str, Any]]) -> None:
        """Add documents."""
        lines = [part for fields in documents for part in ('{"index":{}}', json.dumps(fields))]
        answer = self._ask("POST", "/_bulk", "\n".join([*lines, ""]))
        assert not answer["errors"]

    def finish(self) -> None:
        """Let searches see all of them."""
        self._ask("POST", "/_refresh")

    def drop(self) -> None:
        """Remove the index if it is there."""
        self._pool.request("DELETE", f"/{self._name}")

    def page(self, words: Sequence[str], chosen: Values) -> tuple[int, list[Any], dict[str, Any]]:
        """The number of hits, the texts of the first twenty, and the numbers of entries by facet and value."""
        found = self._ask("POST", "/_search", body(words, chosen))
        counts = {name: each for filtered in found["aggregations"].values() for name, each in filtered.items()}
        return found["hits"]["total"]["value"], [hit["_source"] for hit in found["hits"]["hits"]], counts

    def _ask(self, method: str, path: str, sent: Any = None) -> Any:
        lines = sent if isinstance(sent, str | None) else json.dumps(sent)
        kind = {"Content-Type": "application/x-ndjson" if path == "/_bulk" else "application/json"}
        answer = self._pool.request(method, f"/{self._name}{path}", body=lines and lines.encode(), headers=kind)
        assert answer.status == 200, answer.data
        return json.loads(answer.data)


def body(words: Sequence[str], chosen: Values) -> dict[str, Any]:
    """The request."""
    choices = {name: {"terms": {name: list(values)}} for name, values in chosen.items()}
    free = [name for name in FACETS if name not in chosen]
    return {
        "size": 20,
        "track_total_hits": True,
        "query": {"bool": {"must": [_word(word) for word in words]}} if words else {"match_all": {}},
        "post_filter": {"bool": {"filter": list(choices.values())}},
        "aggs": {
            "free": _counts(list(choices.values()), free),
            **{name: _counts([each for other, each in choices.items() if other != name], [name]) for name in chosen},
        },
    }


def _word(word: str) -> dict[str, Any]:
    parts = [("text", 1.0), ("title", 4.0), ("summary", 2.0)]
    terms = [{"term": {field: {"value": word, "boost": boost}}} for field, boost in parts]
    return {"dis_max": {"queries": terms, "tie_breaker": 0.1}}


def _counts(filters: Sequence[Any], names: Iterable[str]) -> dict[str, Any]:
    asked = {name: {"terms": {"field": name, "size": SIZE}} for name in names}
    return {"filter": {"bool": {"filter": list(filters)}}, "aggs": asked}
