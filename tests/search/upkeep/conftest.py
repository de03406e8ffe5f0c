"""A site that searches with an engine in memory, and the one thing that must always hold of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from search.collecting import build_all
from search.upkeep.delivery import deliver
from search.upkeep.models import IndexChange
from tests.search.memory_engine import MemoryEngine, installed


@pytest.fixture
def engine(settings: Any, tmp_path: Path) -> Iterator[MemoryEngine]:
    """The engine, empty; locks in a folder of this test."""
    settings.DATA_DIR = tmp_path
    with installed(settings) as engine:
        yield engine


@pytest.fixture
def level(engine: MemoryEngine) -> Callable[[], set[str]]:
    """Deliver everything, check that the index is what the database says, and name the entries that were written."""

    def check() -> set[str]:
        engine.puts.clear()
        engine.removes.clear()
        done = deliver()
        assert not done.busy
        assert not done.failed
        assert not IndexChange.objects.waiting().exists()
        fresh = {document.key: document for batch in build_all() for document in batch}
        assert engine.documents == fresh
        return {key for keys in [*engine.puts, *engine.removes] for key in keys}

    return check


def key(page: Any) -> str:
    """The key of an entry."""
    return str(page.translation_key)
