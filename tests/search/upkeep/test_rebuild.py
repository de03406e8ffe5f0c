"""A rebuild takes in what changes meanwhile, is checked, and leaves the old index where it fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command
from django.utils import timezone

import pytest

from cases.models import EntryPage
from search.documents import IndexDocument
from search.upkeep.delivery import deliver
from search.upkeep.models import IndexChange, IndexState
from search.upkeep.rebuild import RebuildFailedError, rebuild
from search.upkeep.worker import Worker
from tests.factories.entries import make_case, publish
from tests.search.memory_engine import MemoryBuild, MemoryEngine
from tests.search.upkeep.conftest import key

Level = Callable[[], set[str]]
pytestmark = pytest.mark.usefixtures("repository")


@pytest.fixture
def pages(engine: MemoryEngine) -> list[Any]:
    """Four published cases that no index knows, with an empty outbox."""
    pages = [make_case() for _ in range(4)]
    IndexChange.objects.all().delete()
    return pages


def test_everything_is_in_the_new_index(pages: list[Any], engine: MemoryEngine, level: Level) -> None:
    seen: list[tuple[int, int]] = []
    done = rebuild(lambda *progress: seen.append(progress))
    assert (done.documents, seen[0], seen[-1]) == (4, (0, 4), (4, 4))
    assert level() == set()
    state = IndexState.current()
    assert (state.engine, state.documents, state.year) == ("memory", 4, timezone.now().year)


def test_a_change_delivered_to_the_old_index_reaches_the_new_one(
    pages: list[Any], engine: MemoryEngine, level: Level
) -> None:
    rebuild()
    old = engine.documents

    def meanwhile(_documents: list[IndexDocument]) -> None:
        engine.before_put = lambda _documents: None
        rename(pages[0])
        pages[3].unpublish()
        deliver()
        assert not IndexChange.objects.waiting().exists()
        assert old is not None
        assert old[key(pages[0])].texts["en"].title == "Renamed"

    engine.before_put = meanwhile
    assert rebuild().documents == 3
    assert engine.documents is not old
    assert engine.held[key(pages[0])].texts["en"].title == "Renamed"
    assert not IndexChange.objects.exists()
    assert level() == set()


def rename(page: Any) -> None:
    page.title = "Renamed"
    publish(page)


def test_an_interrupted_rebuild_leaves_the_old_index_and_what_it_kept_back_goes(
    pages: list[Any], engine: MemoryEngine, level: Level
) -> None:
    rebuild()
    old = engine.documents

    def interrupt(_documents: list[IndexDocument]) -> None:
        engine.before_put = lambda _documents: None
        rename(pages[0])
        deliver()
        raise KeyboardInterrupt

    engine.before_put = interrupt
    with pytest.raises(KeyboardInterrupt):
        rebuild()
    assert engine.documents is old
    assert IndexChange.objects.exclude(delivered_at=None).exists()
    rename(pages[1])
    level()
    assert not IndexChange.objects.exists()


def test_a_count_that_differs_drops_the_new_index(
    pages: list[Any], engine: MemoryEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MemoryBuild, "count", lambda _build: 3)
    with pytest.raises(RebuildFailedError, match="has 3 documents, the database 4"):
        rebuild()
    assert engine.held == {}
    with pytest.raises(CommandError, match="not replaced"):
        call_command("rebuild_index", verbosity=0)


def test_an_entry_that_cannot_be_indexed_is_left_out_and_set_aside_in_time(
    pages: list[Any], engine: MemoryEngine
) -> None:
    def refuse(documents: list[IndexDocument]) -> None:
        if any(document.key == key(pages[1]) for document in documents):
            raise ValueError("cannot be read")

    engine.before_put = refuse
    out, err = StringIO(), StringIO()
    call_command("rebuild_index", stdout=out, stderr=err)
    assert "3 entries indexed" in out.getvalue()
    assert "cannot be read" in err.getvalue()
    assert set(IndexChange.objects.values_list("target", flat=True)) == {key(pages[1])}


def test_appointments_are_made_for_pages_that_came_past_the_signals(pages: list[Any], engine: MemoryEngine) -> None:
    later = timezone.now() + timedelta(days=1)
    EntryPage.objects.filter(pk=pages[0].pk).update(expire_at=later)
    for _ in range(2):
        rebuild()
    assert [(row.target, row.due_at, row.removal) for row in IndexChange.objects.all()] == [
        (key(pages[0]), later, True)
    ]


@pytest.mark.parametrize("state", ["missing", "garbled", "of another year", "short of one"])
def test_the_worker_makes_a_broken_index_anew(pages: list[Any], engine: MemoryEngine, level: Level, state: str) -> None:
    rebuild()
    if state == "missing":
        engine.documents = None
    elif state == "garbled":
        IndexState.objects.update(trouble="a search failed")
    elif state == "of another year":
        IndexState.objects.update(year=1999)
    else:
        engine.held.pop(key(pages[0]))
    before = engine.documents
    Worker().once()
    assert engine.documents is not before
    assert IndexState.current().trouble == ""
    assert level() == set()


def test_a_worker_leaves_a_good_index_alone(pages: list[Any], engine: MemoryEngine) -> None:
    rebuild()
    before = engine.documents
    Worker().once()
    assert engine.documents is before
