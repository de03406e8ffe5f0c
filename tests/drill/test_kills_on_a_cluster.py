"""With Elasticsearch: its node, the worker and web processes are killed at any moment, and its disk is full.

Nothing is lost, nothing is there twice, and no page fails. The long form (`make drill`) kills fifty times each.
"""

from __future__ import annotations

import os
import random
import time

import pytest

from tests.drill.conftest import PATIENCE, Start, finish, kill_after
from tests.drill.places import Node

pytestmark = [pytest.mark.sqlite, pytest.mark.elasticsearch]
ACTORS = ["answer_and_change", "work", "rebuild_again_and_again"]
FEW, MANY = 2, int(os.environ.get("DRILL_KILLS", "50"))
LONGEST = 0.6
AWAY = 0.5
"""Seconds for which pages are asked while there is no node."""
DISK = "cluster.routing.allocation.disk"


def test_a_few_kills(start_on_cluster: Start, node: Node) -> None:
    for actor in ("answer_and_change", "work"):
        kill_processes(start_on_cluster, actor, FEW)
    kill_node(start_on_cluster, node, FEW)


@pytest.mark.drill
@pytest.mark.parametrize("actor", ACTORS)
def test_many_kills_of_processes(start_on_cluster: Start, actor: str) -> None:
    kill_processes(start_on_cluster, actor, MANY)


@pytest.mark.drill
def test_many_kills_of_the_node(start_on_cluster: Start, node: Node) -> None:
    kill_node(start_on_cluster, node, MANY)


@pytest.mark.drill
def test_a_disk_that_is_full_for_a_while(start_on_cluster: Start, node: Node) -> None:
    watches = {f"{DISK}.threshold_enabled": True, "cluster.info.update.interval": "10s"}
    marks = {f"{DISK}.watermark.low": "1%", f"{DISK}.watermark.high": "2%", f"{DISK}.watermark.flood_stage": "3%"}
    node.configure(watches | marks)
    node.wait_until(full=True)
    kill_after(start_on_cluster("answer_and_change"), LONGEST)
    finish(start_on_cluster("check_that_changes_wait"))
    node.configure(dict.fromkeys(marks))
    node.wait_until(full=False)
    node.configure(dict.fromkeys(watches))
    finish(start_on_cluster("check_that_index_and_database_agree"))


def kill_processes(start: Start, actor: str, times: int) -> None:
    moments = random.Random(f"{actor} {times}")
    for number in range(times):
        kill_after(start(actor, number), moments.uniform(0.01, LONGEST))
        check(start)


def kill_node(start: Start, node: Node, times: int) -> None:
    moments = random.Random(times)
    for number in range(times):
        others = [start("answer_and_change", number), start(["work", "rebuild_through_trouble"][number % 2], number)]
        for process in others:
            assert process.begun.poll(PATIENCE)
        time.sleep(moments.uniform(0.01, LONGEST))
        node.kill()
        time.sleep(AWAY)
        node.resume()
        for process in others:
            kill_after(process, 0)
        check(start)


def check(start: Start) -> None:
    finish(start("check_that_the_index_answers"))
    finish(start("check_that_index_and_database_agree"))
