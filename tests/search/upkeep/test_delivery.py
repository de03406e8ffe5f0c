"""Delivery loses nothing, repeats rather than forgets, and is stopped by no single entry."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command
from django.db import transaction

import pytest

from core import locks as core_locks
from search.documents import IndexDocument
from search.engines.port import SearchUnavailable
from search.upkeep import locks
from search.upkeep.delivery import deferred_delivery, deliver, retry
from search.upkeep.models import MAX_ATTEMPTS, IndexChange
from search.upkeep.record import touched
from tests.factories.entries import make_case, publish
from tests.search.memory_engine import MemoryEngine
from tests.search.upkeep.conftest import key

Level = Callable[[], set[str]]
pytestmark = pytest.mark.usefixtures("repository")


class Killed(BaseException):
    """As if the process had ended here."""


def kill(_documents: list[IndexDocument]) -> None:
    raise Killed


def nothing(_documents: list[IndexDocument]) -> None:
    pass


def test_what_is_rolled_back_leaves_no_row(engine: MemoryEngine) -> None:
    with transaction.atomic():
        make_case()
        assert IndexChange.objects.exists()
        transaction.set_rollback(True)
    assert not IndexChange.objects.exists()


def test_a_commit_delivers_by_itself(
    engine: MemoryEngine, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = make_case()
    assert key(page) in engine.held
    assert not IndexChange.objects.exists()


def test_a_change_inside_a_savepoint_that_is_undone_keeps_no_other_from_being_delivered(
    engine: MemoryEngine, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    page = make_case()
    deliver()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        with transaction.atomic():
            publish(page)
            transaction.set_rollback(True)
        page.refresh_from_db()
        page.title = "Kept"
        publish(page)
    assert engine.held[key(page)].texts["en"].title == "Kept"


def test_an_engine_in_trouble_breaks_no_commit_and_loses_nothing(
    engine: MemoryEngine, level: Level, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    engine.broken = "the disk is full"
    with django_capture_on_commit_callbacks(execute=True):
        page = make_case()
    with pytest.raises(SearchUnavailable, match="the disk is full"):
        deliver()
    assert not IndexChange.objects.set_aside().exists()
    engine.broken = ""
    assert level() == {key(page)}


def test_deferred_changes_wait_in_the_outbox(
    engine: MemoryEngine, level: Level, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with deferred_delivery(), django_capture_on_commit_callbacks(execute=True):
        page = make_case()
    assert engine.held == {}
    assert level() == {key(page)}


@pytest.mark.parametrize("moment", ["before_put", "after_put"])
def test_a_crash_beside_the_engines_write_is_made_good(engine: MemoryEngine, level: Level, moment: str) -> None:
    page = make_case()
    setattr(engine, moment, kill)
    with pytest.raises(Killed):
        deliver()
    assert IndexChange.objects.exists()
    setattr(engine, moment, nothing)
    assert level() == {key(page)}


def test_a_change_during_a_delivery_is_delivered_after_it(engine: MemoryEngine, level: Level) -> None:
    page = make_case(title="First")

    def change(_documents: list[IndexDocument]) -> None:
        engine.before_put = nothing
        page.title = "Second"
        publish(page)

    engine.before_put = change
    deliver(rounds=1)
    assert engine.held[key(page)].texts["en"].title == "First"
    assert IndexChange.objects.exists()
    level()
    assert engine.held[key(page)].texts["en"].title == "Second"


def test_one_batch_after_another(engine: MemoryEngine, level: Level, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.upkeep.delivery.BATCH", 2)
    for _ in range(3):
        make_case()
    deliver(rounds=1)
    assert IndexChange.objects.waiting().exists()
    level()


def test_rows_of_wide_scopes_become_entries_before_anything_is_written(engine: MemoryEngine, level: Level) -> None:
    pages = [make_case(), make_case()]
    level()
    touched(IndexChange.Scope.ALL, [""])
    touched(IndexChange.Scope.TEAM, [pages[0].team_id])
    engine.before_put = kill
    with pytest.raises(Killed):
        deliver()
    assert set(IndexChange.objects.values_list("scope", flat=True)) == {"entry"}
    engine.before_put = nothing
    assert level() == {key(page) for page in pages}


def refuse(bad: str, error: Exception) -> Callable[[list[IndexDocument]], None]:
    def check(documents: list[IndexDocument]) -> None:
        if any(document.key == bad for document in documents):
            raise error

    return check


@pytest.mark.parametrize("error", [ValueError("cannot be read"), SearchUnavailable("it broke over this one")])
def test_a_poisonous_entry_is_set_aside_with_its_reason(engine: MemoryEngine, error: Exception) -> None:
    pages = [make_case() for _ in range(5)]
    engine.before_put = refuse(key(pages[2]), error)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        if attempt > 1:
            publish(pages[0])  # while others go through, it is not the engine
        done = deliver()
        assert done.failed
        assert set(engine.held) == {key(page) for page in pages} - {key(pages[2])}
    row = IndexChange.objects.set_aside().first()
    assert row
    assert (row.target, row.attempts) == (key(pages[2]), MAX_ATTEMPTS)
    assert str(error) in row.failed_reason
    assert deliver().failed == 0


def test_what_was_set_aside_gets_another_chance_or_is_overtaken(engine: MemoryEngine, level: Level) -> None:
    page = make_case()
    engine.before_put = refuse(key(page), ValueError("no"))
    for _ in range(MAX_ATTEMPTS):
        deliver()
    engine.before_put = nothing
    assert deliver().rows == 0
    assert retry() == IndexChange.objects.count()
    assert level() == {key(page)}
    engine.before_put = refuse(key(page), ValueError("no"))
    publish(page)
    for _ in range(MAX_ATTEMPTS):
        deliver()
    engine.before_put = nothing
    publish(page)
    assert level() == {key(page)}
    assert not IndexChange.objects.exists()


def test_a_failing_entry_alone_with_a_failing_engine_waits(engine: MemoryEngine) -> None:
    page = make_case()
    engine.before_put = refuse(key(page), SearchUnavailable("somebody holds the lock"))
    for _ in range(MAX_ATTEMPTS + 1):
        with pytest.raises(SearchUnavailable):
            deliver()
    assert IndexChange.objects.waiting().exists()


def test_the_number_of_sql_does_not_grow(engine: MemoryEngine, django_assert_max_num_queries: Any) -> None:
    pages = [make_case(tags=["a", "b"]) for _ in range(12)]
    for page in pages[:6]:
        touched(IndexChange.Scope.ENTRY, [page.translation_key])
    with django_assert_max_num_queries(30):
        deliver()


def test_the_command_delivers_once_and_says_how_much(engine: MemoryEngine) -> None:
    page = make_case()
    out = StringIO()
    call_command("deliver_index_changes", "--once", stdout=out)
    assert key(page) in engine.held
    assert "changes delivered" in out.getvalue()


def test_the_command_fails_where_entries_fail(engine: MemoryEngine) -> None:
    call_command("rebuild_index", verbosity=0)
    page = make_case()
    engine.before_put = refuse(key(page), ValueError("no"))
    with pytest.raises(CommandError, match="could not be indexed"):
        call_command("deliver_index_changes", "--once", stdout=StringIO())


def hold(folder: Path, name: str, taken: Any) -> None:
    from django.conf import settings

    settings.DATA_DIR = folder
    with core_locks._held_by_file(name, 0) as mine:
        assert mine
        taken.set()
        signal.pause()


@pytest.fixture
def elsewhere(engine: MemoryEngine, tmp_path: Path) -> Any:
    """Another process that holds a lock until the test ends; killed without warning by calling `.kill()`."""
    context = multiprocessing.get_context("fork")
    processes = []

    def start(name: str) -> Any:
        taken = context.Event()
        process = context.Process(target=hold, args=(tmp_path, name, taken))
        process.start()
        processes.append(process)
        assert taken.wait(60)
        return process

    yield start
    for process in processes:
        process.kill()
        process.join(60)


@pytest.mark.sqlite
def test_two_processes_do_not_deliver_at_once_and_a_killed_one_leaves_no_lock(
    engine: MemoryEngine, level: Level, elsewhere: Callable[[str], Any]
) -> None:
    page = make_case()
    process = elsewhere(locks.DELIVERY)
    assert deliver().busy
    assert f"process {process.pid} on " in locks.holder(locks.DELIVERY)
    assert engine.held == {}
    process.kill()
    process.join(60)
    assert locks.holder(locks.DELIVERY) == ""
    assert level() == {key(page)}


@pytest.mark.sqlite
def test_a_second_rebuild_is_refused_and_says_who_is_at_it(elsewhere: Callable[[str], Any]) -> None:
    process = elsewhere(locks.REBUILD)
    with pytest.raises(CommandError, match=f"being rebuilt already: process {process.pid} on ") as raised:
        call_command("rebuild_index", verbosity=0)
    assert raised.value.returncode == 3


@pytest.mark.postgresql
def test_locks_of_postgresql_exclude_other_sessions_and_end_with_them(engine: MemoryEngine, level: Level) -> None:
    from django.db import connection

    page = make_case()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [core_locks._CLASS, core_locks._number(locks.DELIVERY)])
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    assert deliver().busy
    assert locks.is_held(locks.DELIVERY)
    assert f"database session {pid} " in locks.holder(locks.DELIVERY)
    other.close()
    with locks.held(locks.DELIVERY, wait=10) as mine:
        assert mine
    assert locks.holder(locks.DELIVERY) == ""
    assert level() == {key(page)}
