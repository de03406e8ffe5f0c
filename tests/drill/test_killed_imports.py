"""Killed while it writes a thousand records, an import has brought all of them or none."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.drill.conftest import finish, kill_after

FEW, MANY = 2, 20
LONGEST = 2.0
Start = Callable[..., Any]
# The site of a drill is on SQLite whatever the suite runs on.
pytestmark = pytest.mark.sqlite


def test_a_few_kills(start: Start) -> None:
    drill(start, FEW)


@pytest.mark.drill
def test_twenty_kills(start: Start) -> None:
    drill(start, MANY)


def drill(start: Start, times: int) -> None:
    moments = random.Random(times)
    for number in range(times):
        seed = 100 * times + number
        kill_after(start("import_many", seed), moments.uniform(0.0, LONGEST))
        finish(start("check_that_an_import_is_whole", seed))
