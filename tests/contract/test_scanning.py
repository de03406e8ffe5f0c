"""All that a search finds can be read past the window of pages, piece by piece, each entry once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import QueryDict

import pytest

from search.engines.elasticsearch import scanning
from search.engines.port import Engine
from search.engines.tantivy import ordering
from search.query import Query
from tests.contract.conftest import fill
from tests.factories.many import make_many

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("order", ["newest", "title", "relevance"])
def test_pieces_are_put_together_to_the_whole(searched: Engine, settings: Any, monkeypatch: Any, order: str) -> None:
    # Smaller pieces instead of thousands of entries: whole ones, and one that is not full.
    monkeypatch.setattr(ordering, "SCANNED", 4)
    monkeypatch.setattr(scanning, "PIECE", 4)
    make_many(15)
    fill()
    words = "q=many" if order == "relevance" else ""
    query, _notices = Query.parse(QueryDict(f"{words}&sort={order}"), "en")
    expected = [hit.document.key for hit in searched.search(query).hits]
    found = list(searched.scan(query))
    assert len(found) == len(expected) == 10
    assert set(found) == set(expected)
    if order != "relevance":
        assert found == expected
    assert list(searched.scan(replace(query, page=9))) == found
    left = list(searched.scan(query.without_entries(frozenset(found[:3]))))
    assert left == found[3:]
