"""Indexes of the sizes that are measured, each made once; nothing here runs in `make test`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.test import override_settings

import pytest
import tantivy

from search.engines import engine
from tests.benchmarks.filling import fill
from tests.benchmarks.site import Site

SIZES = tuple(map(int, os.environ.get("BENCH_SIZES", "10000,100000").split(",")))


@dataclass(frozen=True, slots=True)
class Filled:
    """A corpus in the site's engine (in `folder`) and in a raw index."""

    size: int
    folder: Path
    raw: tantivy.Searcher


@pytest.fixture(scope="session", params=SIZES)
def indexes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """The corpus of one size, written once."""
    folder = tmp_path_factory.mktemp(f"corpus-{request.param}")
    with override_settings(DATA_DIR=folder, SEARCH_ENGINE="tantivy"):
        yield Filled(request.param, folder, fill(engine().begin_rebuild(), folder / "raw", request.param))


@pytest.fixture
def filled(indexes: Filled, settings: Any, repository: None) -> Filled:
    """The same with the site set to search in it; no entry of it is in the database."""
    settings.DATA_DIR, settings.SEARCH_ENGINE = indexes.folder, "tantivy"
    return indexes


@pytest.fixture
def site(filled: Filled) -> Site:
    """The site over the corpus."""
    return Site()
