"""A site in a folder of its own for processes that are killed."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

import pytest

PATIENCE = 600
"""Seconds after which a process is given up: a bound, no measure; on a busy machine a thousand rows take minutes."""


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """A function that starts an actor of `tests.drill.actors` on the site and returns its process."""
    folder: Path = tmp_path_factory.mktemp("site")
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "DATA_DIR": str(folder),
        "SEARCH_ENGINE": "tantivy",
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": os.pathsep.join([str(settings.PROJECT), str(settings.PROJECT / "site")]),
    }
    before = dict(os.environ)
    os.environ.update(environment)
    os.environ.pop("DATABASE_URL", None)
    # The server has imported everything and opened nothing: a process starts within moments and shares no connection.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.drill.actors"])

    def begin(actor: str, seed: int = 0) -> Any:
        begun, tell = context.Pipe(duplex=False)
        process = context.Process(target=_act, args=(actor, seed, tell), daemon=True)
        process.begun = begun
        process.start()
        return process

    finish(begin("set_up"))
    os.environ.clear()
    os.environ.update(before)
    return begin


def _act(actor: str, seed: int, tell: Any) -> None:
    from tests.drill import actors

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
