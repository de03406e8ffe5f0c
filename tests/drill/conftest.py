"""Sites in folders of their own for processes that are killed: one with tantivy, one on an Elasticsearch node."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from collections.abc import Callable, Iterator
from multiprocessing import forkserver
from typing import Any

from django.conf import settings

import pytest

from tests.drill.places import Node, Place
from tests.needs import lacks

PATIENCE = 600
"""Seconds after which a process is given up: a bound, no measure; on a busy machine a thousand rows take minutes."""
Start = Callable[..., Any]
"""Starts an actor of `tests.drill.actors` by its name, with a seed, on one site, and returns its process."""


@pytest.fixture(scope="session")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """What starts processes: it has imported everything and opened nothing, so that they share no connection."""
    before = dict(os.environ)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "DATA_DIR": str(tmp_path_factory.mktemp("nowhere")),
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": os.pathsep.join([str(settings.PROJECT), str(settings.PROJECT / "site")]),
    }
    os.environ.pop("DATABASE_URL", None)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.drill.actors"])
    forkserver.ensure_running()
    os.environ.clear()
    os.environ |= before
    return context


@pytest.fixture(scope="session")
def made(context: Any, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A site with entries and an index of tantivy, as it is before anybody was killed."""
    place = Place(tmp_path_factory.mktemp("made"))
    finish(starting(context, place)("set_up"))
    return place


@pytest.fixture(scope="session")
def start(context: Any, made: Place, tmp_path_factory: pytest.TempPathFactory) -> Start:
    """On a site with tantivy."""
    folder = tmp_path_factory.mktemp("embedded") / "site"
    shutil.copytree(made.folder, folder)
    return starting(context, Place(folder))


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    """A node of Elasticsearch that only the drills use: it is killed, and told that its disk is full."""
    if not os.environ.get("ELASTICSEARCH_URL"):
        lacks("needs Elasticsearch: see CONTRIBUTING.md")  # asked here too: fixtures of the session come first
    node = Node.started()
    yield node
    node.stop()


@pytest.fixture(scope="session")
def start_on_cluster(node: Node, context: Any, made: Place, tmp_path_factory: pytest.TempPathFactory) -> Start:
    """The same site on the node."""
    folder = tmp_path_factory.mktemp("clustered") / "site"
    shutil.copytree(made.folder, folder)
    begin = starting(context, Place(folder, node.url))
    finish(begin("rebuild_once"))
    return begin


def starting(context: Any, place: Place) -> Start:
    """Starts actors on a site."""

    def begin(actor: str, seed: int = 0) -> Any:
        begun, tell = context.Pipe(duplex=False)
        process = context.Process(target=_act, args=(place, actor, seed, tell), daemon=True)
        process.begun = begun
        process.start()
        return process

    return begin


def _act(place: Place, actor: str, seed: int, tell: Any) -> None:
    from tests.drill import actors

    actors.settle(place)
    getattr(actors, actor)(seed, lambda: tell.send(True))


def finish(process: Any) -> None:
    """Wait for the end of a process, which must be a good one."""
    process.join(PATIENCE)
    assert process.exitcode == 0, f"a process of the drill ended with {process.exitcode}"


def kill_after(process: Any, seconds: float) -> None:
    """Kill without warning, in the middle of whatever it does, this long after it did it once."""
    assert process.begun.poll(PATIENCE), "a process of the drill did not begin"
    time.sleep(seconds)
    assert process.exitcode is None, f"a process of the drill ended by itself with {process.exitcode}"
    process.kill()
    process.join(PATIENCE)
