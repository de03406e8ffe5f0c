"""One suite for every engine: a new one joins by its name in `ENGINES`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.http import QueryDict

import pytest

from search.collecting import build_all
from search.engines import engine
from search.engines.port import Engine
from search.query import Query
from search.results import Results

ENGINES = ("database", "tantivy", "elasticsearch")
STEMMING = frozenset(ENGINES) - {"database"}
MARKS = {"tantivy": [pytest.mark.once], "elasticsearch": [pytest.mark.elasticsearch]}
MARKED = [pytest.param(name, marks=MARKS.get(name, [])) for name in ENGINES]


def fill() -> None:
    """Make the engine's index from the database."""
    build = engine().begin_rebuild()
    for documents in build_all():
        build.put(documents)
    build.publish()


@pytest.fixture(params=MARKED)
def searched(request: pytest.FixtureRequest, settings: Any, tmp_path: Path, repository: None) -> Engine:
    """An engine with an empty index of its own."""
    if request.param == "elasticsearch":
        request.getfixturevalue("cluster")
    settings.SEARCH_ENGINE = request.param
    settings.DATA_DIR = tmp_path
    fill()
    return engine()


@pytest.fixture
def look_again(searched: Engine) -> Callable[..., Results]:
    """Search as a visitor would, by address; further arguments replace parts of the query."""

    def search(address: str, language: str = "en", **parts: Any) -> Results:
        query, notices = Query.parse(QueryDict(address), language)
        assert notices == []
        return searched.search(replace(query, **parts))

    return search


@pytest.fixture
def look(look_again: Callable[..., Results]) -> Callable[..., Results]:
    """The same after the index was filled."""

    def search(address: str, language: str = "en", **parts: Any) -> Results:
        fill()
        return look_again(address, language, **parts)

    return search


def titles(results: Results) -> list[str]:
    """Titles of the hits in order."""
    return [hit.document.title for hit in results.hits]


def counts(results: Results, facet: str) -> dict[str, int]:
    """A facet's counts by value."""
    return {value.value: value.count for value in results.facet(facet).values}
