"""Killed at any moment, nothing is lost and the old index answers; many readers and writers do not disturb each other.

The long form (`make drill`) kills fifty times each, the short one a few times.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.drill.conftest import finish, kill_after

ACTORS = ["publish", "deliver_again_and_again", "rebuild_again_and_again"]
FEW, MANY = 3, 50
LONGEST = 0.6
Start = Callable[..., Any]
# The site of a drill is on SQLite whatever the suite runs on.
pytestmark = pytest.mark.sqlite


@pytest.mark.parametrize("actor", ACTORS)
def test_a_few_kills(start: Start, actor: str) -> None:
    drill(start, actor, FEW)


@pytest.mark.drill
@pytest.mark.parametrize("actor", ACTORS)
def test_many_kills(start: Start, actor: str) -> None:
    drill(start, actor, MANY)


def drill(start: Start, actor: str, times: int) -> None:
    moments = random.Random(f"{actor} {times}")
    for number in range(times):
        kill_after(start(actor, number), moments.uniform(0.01, LONGEST))
        finish(start("check_that_the_index_answers"))
        finish(start("check_that_index_and_database_agree"))


def test_killed_while_a_rebuild_and_a_writer_run_side_by_side(start: Start) -> None:
    rebuilding, writing = start("rebuild_again_and_again"), start("publish", 7)
    kill_after(rebuilding, LONGEST * 2)
    kill_after(writing, 0.1)
    finish(start("check_that_the_index_answers"))
    finish(start("check_that_index_and_database_agree"))


def test_four_processes_read_while_two_write(start: Start) -> None:
    processes = [start("read", number) for number in range(4)] + [start("write", number) for number in range(2)]
    for process in processes:
        finish(process)
    finish(start("check_that_index_and_database_agree"))
