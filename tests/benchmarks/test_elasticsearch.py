"""The same on a node of Elasticsearch (`ELASTICSEARCH_URL`), beside tantivy: pages, choices, and a rebuild."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings

import pytest
from elasticsearch.helpers import bulk

from search.collecting import build_all
from search.engines import engine
from search.engines.elasticsearch import indices, schema
from search.engines.elasticsearch.connection import patient
from search.engines.elasticsearch.mapping import to_source
from search.engines.elasticsearch.writing import CHUNK
from search.upkeep.rebuild import rebuild
from tests.benchmarks.clusters import OnCluster, fill, fill_raw, node
from tests.benchmarks.conftest import SIZES
from tests.benchmarks.filling import batches
from tests.benchmarks.raw_elasticsearch import RawCluster
from tests.benchmarks.rows import make_rows
from tests.benchmarks.site import Site
from tests.benchmarks.test_search import (
    SEARCHES,
    Asked,
    compare_choices,
    compare_during_a_rebuild,
    compare_numbers,
    compare_pages,
    rebuilding,
)
from tests.benchmarks.timing import alternating, keep

pytestmark = [pytest.mark.bench, pytest.mark.elasticsearch, pytest.mark.django_db]
ROWS = int(os.environ.get("BENCH_ROWS", "10000"))
TURNS = 3


@pytest.fixture(scope="session", params=SIZES)
def corpora(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[tuple[OnCluster, RawCluster]]:
    """The corpus of one size on the node, in the site's index and in a raw one, removed at the end."""
    if not os.environ.get("ELASTICSEARCH_URL"):
        pytest.skip("needs Elasticsearch: see CONTRIBUTING.md")
    own, raw = OnCluster(request.param, f"bench-{request.param}"), RawCluster(node(), f"raw-{request.param}")
    with own.chosen():
        fill(own.size)
        fill_raw(raw, own.size)
    yield own, raw
    with own.chosen():
        patient().indices.delete(index=engine().version())
    raw.drop()


@pytest.fixture
def clustered(corpora: tuple[OnCluster, RawCluster], repository: None) -> Iterator[OnCluster]:
    """The site set to search there; no entry of it is in the database."""
    with corpora[0].chosen():
        yield corpora[0]


@pytest.fixture
def raw(corpora: tuple[OnCluster, RawCluster]) -> RawCluster:
    """The raw index with the same corpus."""
    return corpora[1]


@pytest.fixture
def site(clustered: OnCluster) -> Site:
    """The site over the corpus."""
    return Site()


def test_both_ways_give_the_same_numbers(clustered: OnCluster, raw: RawCluster) -> None:
    compare_numbers(lambda asked: raw.page(asked.words, asked.chosen))


@pytest.mark.parametrize("kind", SEARCHES)
def test_whole_page_against_raw_request(clustered: OnCluster, raw: RawCluster, site: Site, kind: str) -> None:
    def raw_page(asked: Asked) -> object:
        return raw.page(asked.words, asked.chosen)

    compare_pages(f"{clustered.title}, {kind}", site, kind, {"raw Elasticsearch": raw_page})


def test_more_choices(clustered: OnCluster, site: Site) -> None:
    compare_choices(clustered.title, site)


def test_during_a_rebuild(clustered: OnCluster, site: Site, tmp_path: Path) -> None:
    compare_during_a_rebuild(clustered.title, site, rebuilding(tmp_path, clustered.size, clustered.index))
    indices.sweep(patient())


def test_rebuild_against_raw_bulk(repository: None, cluster: str, settings: Any) -> None:
    settings.SEARCH_ENGINE = "elasticsearch"
    make_rows(ROWS)
    documents = [document for batch in build_all() for document in batch]
    made = [{"_op_type": "index", "_id": each.key, "_source": to_source(each)} for each in documents]
    numbers = count()
    acts: dict[str, Callable[[], object]] = {
        "raw bulk of made documents": lambda: _raw_bulk(next(numbers), made),
        "build from documents in memory": lambda: _build(documents),
        "rebuild from the database": rebuild,
    }
    acts["raw bulk of made documents"]()
    times = alternating([acts] * TURNS)
    speed = {name: ROWS / each.median * 1000 for name, each in times.items()}
    raw_speed = speed["raw bulk of made documents"]
    figures = {
        name: {"documents_per_s": round(each), "ratio": round(each / raw_speed, 2)} for name, each in speed.items()
    }
    keep(f"{ROWS} entries on Elasticsearch, rebuild", figures)


def _raw_bulk(number: int, made: list[dict[str, Any]]) -> None:
    """The site's own mapping and documents made beforehand, in the client's own bulk helper."""
    client, name = patient(), f"{settings.ELASTICSEARCH.index}-raw-{number}"
    unsearched = {**schema.index_settings(), "number_of_replicas": 0, "refresh_interval": -1}
    client.indices.create(index=name, settings=unsearched, mappings=schema.mapping())
    bulk(client, made, index=name, chunk_size=CHUNK)
    client.indices.refresh(index=name)
    client.indices.delete(index=name)


def _build(documents: list[Any]) -> None:
    started = engine().begin_rebuild()
    for batch in batches(documents):
        started.put(batch)
    started.publish()
