"""The breaker spares the wait, lets one caller try, and closes by itself."""

from __future__ import annotations

from contextlib import suppress

import pytest

from search.engines.elasticsearch.breaker import FIRST_PAUSE, LONGEST_PAUSE, Breaker
from search.engines.port import SearchUnavailable


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def ask(breaker: Breaker, *, works: bool) -> bool:
    """Whether the question reached the cluster."""
    reached = False
    with suppress(SearchUnavailable), breaker.guarding():
        reached = True
        if not works:
            raise SearchUnavailable("away")
    return reached


def test_after_a_failure_nobody_asks_until_the_pause_is_over_and_then_one() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    assert ask(breaker, works=False)
    with pytest.raises(SearchUnavailable, match="away"), breaker.guarding():
        pytest.fail("this must not be reached")
    clock.now += FIRST_PAUSE
    with breaker.guarding():  # one tries
        assert not ask(breaker, works=True)
    assert ask(breaker, works=True)


def test_pauses_grow_up_to_a_limit_and_begin_anew() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    pause = FIRST_PAUSE
    for _ in range(8):
        assert ask(breaker, works=False)
        clock.now += pause - 0.01
        assert not ask(breaker, works=True)
        clock.now += 0.01
        pause = min(pause * 2, LONGEST_PAUSE)
    assert ask(breaker, works=True)
    assert ask(breaker, works=False)
    clock.now += FIRST_PAUSE
    assert ask(breaker, works=True)


def test_other_errors_are_no_failures_of_the_cluster() -> None:
    breaker = Breaker(Clock())
    with pytest.raises(KeyError), breaker.guarding():
        raise KeyError
    assert ask(breaker, works=True)


def test_what_can_wait_is_refused_while_open_and_opens_nothing() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    breaker.refuse_while_open()
    assert ask(breaker, works=False)
    with pytest.raises(SearchUnavailable, match="away"):
        breaker.refuse_while_open()
    clock.now += FIRST_PAUSE
    breaker.refuse_while_open()
    assert ask(breaker, works=True)
