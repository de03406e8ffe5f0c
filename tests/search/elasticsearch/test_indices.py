"""Versions of the index: the live one answers until the new one is whole, and what is over is removed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from search.engines.elasticsearch import ElasticsearchEngine, schema
from search.query import Query
from tests.search.elasticsearch.conftest import DOCUMENTS, fill, nobody

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]


def names(cluster: str) -> set[str]:
    return set(Elasticsearch(cluster).indices.get_alias(index=schema.pattern()).body)


def test_a_rebuild_answers_only_when_it_is_published(filled: ElasticsearchEngine, cluster: str) -> None:
    live = filled.version()
    build = filled.begin_rebuild()
    build.put(DOCUMENTS[:7])
    build.put(DOCUMENTS[:2])
    build.remove([DOCUMENTS[6].key, "not-there"])
    assert build.count() == 6
    assert (filled.version(), filled.search(Query()).total) == (live, 60)
    build.publish()
    assert filled.version() != live
    assert filled.search(Query()).total == filled.health().documents == 6
    assert names(cluster) == {filled.version()}


def test_a_discarded_rebuild_leaves_nothing(filled: ElasticsearchEngine, cluster: str) -> None:
    build = filled.begin_rebuild()
    build.put(DOCUMENTS[:7])
    build.discard()
    build.discard()
    assert names(cluster) == {filled.version()}
    with pytest.raises(ValueError, match="discarded"):
        build.put(DOCUMENTS[:1])


def test_what_an_interrupted_rebuild_left_goes_with_the_next(filled: ElasticsearchEngine, cluster: str) -> None:
    filled.begin_rebuild().put(DOCUMENTS[:1])
    assert len(names(cluster)) == 2
    fill(filled, DOCUMENTS[:4])
    assert names(cluster) == {filled.version()}


def test_an_index_of_another_site_on_the_same_cluster_is_left_alone(
    filled: ElasticsearchEngine, cluster: str, settings: object
) -> None:
    client, other = Elasticsearch(cluster), f"{schema.alias()}x"
    client.indices.create(index=f"other-{other}")
    fill(filled, DOCUMENTS[:4])
    assert client.indices.exists(index=f"other-{other}")
    client.indices.delete(index=f"other-{other}")


def test_changes_and_removals_are_seen_when_the_call_returns(filled: ElasticsearchEngine) -> None:
    document = DOCUMENTS[0]
    changed = replace(document, texts={"en": replace(document.texts["en"], title="Now")})
    filled.put([changed])
    assert filled.search(Query(keys=frozenset({document.key}))).hits[0].document.title == "Now"
    filled.remove([document.key, "not-there"])
    assert filled.search(Query()).total == 59


def test_a_node_that_is_away_is_passed_over(filled: ElasticsearchEngine, cluster: str, settings: Any) -> None:
    settings.ELASTICSEARCH = replace(settings.ELASTICSEARCH, urls=(nobody(), cluster))
    assert [filled.search(Query()).total for _ in range(4)] == [60] * 4


def test_words_of_a_language_are_counted_by_entries(filled: ElasticsearchEngine) -> None:
    words = filled.vocabulary("en")
    assert words["title"] == words["summary"] == 60
    assert filled.vocabulary("nowhere") == {}
