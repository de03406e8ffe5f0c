"""Single items of bulk requests fail: what is in passing is tried again, what never will be taken is set aside."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management import call_command
from django.test import Client

import pytest

from accounts.demo import create_demo_accounts
from accounts.models import User
from search.engines import _engine, engine
from search.engines.elasticsearch import ElasticsearchEngine, writing
from search.engines.port import SearchFull
from search.query import Query
from search.upkeep.delivery import deliver
from search.upkeep.models import MAX_ATTEMPTS, IndexChange
from search.upkeep.record import touched
from tests.factories.entries import make_case
from tests.search.documents_corpus import corpus
from tests.search.elasticsearch.conftest import DOCUMENTS, at, fill
from tests.search.elasticsearch.proxy import failing_items

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]
EVERY = 100


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a stand-in that fails on purpose."""
    _engine.cache_clear()
    monkeypatch.setattr(writing, "FIRST_PAUSE", 0.01)


def keys_of(adapter: Any) -> list[str]:
    first = adapter.search(Query())
    pages = range(1, -(-first.total // 20) + 1)
    return [hit.document.key for page in pages for hit in adapter.search(Query(page=page)).hits]


@pytest.mark.parametrize("status", [429, 503])
def test_one_percent_fails_in_passing_and_all_is_there_once(
    empty: ElasticsearchEngine, cluster: str, settings: Any, status: int
) -> None:
    documents, asked = list(corpus(3 * EVERY)), Counter[str]()
    unlucky = {document.key for document in documents[::EVERY]}

    def failing(key: str) -> int:
        asked[key] += 1
        return status if key in unlucky and asked[key] <= 2 else 0

    with failing_items(cluster, failing) as proxy:
        at(settings, proxy)
        fill(empty, documents)
        asked.clear()
        empty.put(documents)
    assert sorted(keys_of(empty)) == sorted(document.key for document in documents)
    assert {asked[key] for key in unlucky} == {3}


def test_a_cluster_that_takes_nothing_blames_no_document(
    filled: ElasticsearchEngine, cluster: str, settings: Any, client: Client
) -> None:
    call_command("rebuild_index", verbosity=0)
    pages = [make_case(title=f"Wells {number}") for number in range(4)]
    with failing_items(cluster, lambda _key: 429) as proxy:
        at(settings, proxy)
        with pytest.raises(SearchFull):
            filled.put(DOCUMENTS[:3])
        for _ in range(MAX_ATTEMPTS):
            with pytest.raises(SearchFull):
                deliver()
        assert client.get("/en/search/?q=wells").status_code == 200
    assert IndexChange.objects.waiting().count() == len(pages)
    at(settings, cluster)
    deliver()
    assert sorted(keys_of(engine())) == sorted(str(page.translation_key) for page in pages)


def test_what_is_never_taken_is_set_aside_with_its_reason_and_the_rest_goes_on(
    empty: ElasticsearchEngine, cluster: str, settings: Any, client: Client
) -> None:
    call_command("rebuild_index", verbosity=0)
    bad, *good = [make_case(title=f"Wells {number}") for number in range(5)]
    # Another one is refused for a while, longer than one delivery tries again.
    slow, left = str(good[0].translation_key), [2 * writing.TRIES]

    def failing(key: str) -> int:
        if key == slow and left[0] > 0:
            left[0] -= 1
            return 503
        return 400 if key == str(bad.translation_key) else 0

    with failing_items(cluster, failing) as proxy:
        at(settings, proxy)
        for _ in range(MAX_ATTEMPTS):
            deliver()
        touched(IndexChange.Scope.ENTRY, [page.translation_key for page in good])
        deliver()
        assert sorted(keys_of(engine())) == sorted(str(page.translation_key) for page in good)
    row = IndexChange.objects.get()
    assert (row.target, row.attempts) == (str(bad.translation_key), MAX_ATTEMPTS)
    create_demo_accounts()
    client.force_login(User.objects.get(email="editor@example.org"))
    report = client.get("/admin/reports/search-index/").content.decode()
    assert "Wells 0" in report
    assert "failed to parse field [facet_year]" in report
