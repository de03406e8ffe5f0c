"""Chores are done when they are due, by one process, and one that fails stops no other."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

import pytest

from core import chores
from core.chores import register_chore, run_due
from core.models import ChoreRun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the chores of the test."""
    monkeypatch.setattr(chores, "_chores", {})


def test_a_chore_is_done_at_once_and_then_when_its_time_has_come() -> None:
    done: list[int] = []
    register_chore("count", lambda: done.append(1), timedelta(hours=1))
    assert (run_due(), run_due()) == (1, 0)
    ChoreRun.objects.update(due_at=timezone.now())
    assert run_due() == 1
    assert len(done) == 2


def test_one_that_fails_stops_no_other_and_waits_its_turn(caplog: pytest.LogCaptureFixture) -> None:
    done: list[int] = []
    register_chore("broken", lambda: 1 / 0, timedelta(hours=1))
    register_chore("count", lambda: done.append(1), timedelta(hours=1))
    assert run_due() == 1
    assert "The chore broken failed" in caplog.text
    assert ChoreRun.objects.get(name="broken").trouble == "ZeroDivisionError: division by zero"
    assert run_due() == 0


def test_while_one_process_works_another_does_not_begin_the_same() -> None:
    inside: list[int] = []
    register_chore("long", lambda: inside.append(run_due()), timedelta(seconds=0))
    assert run_due() == 1
    assert inside == [0]


def test_a_chore_whose_process_was_killed_is_begun_again() -> None:
    done: list[int] = []
    register_chore("count", lambda: done.append(1), timedelta(hours=1))
    ChoreRun.objects.create(name="count", started_at=timezone.now(), due_at=timezone.now() - timedelta(seconds=1))
    assert run_due() == 1


def test_nothing_due_costs_one_query(django_assert_num_queries) -> None:
    register_chore("a", lambda: None, timedelta(hours=1))
    register_chore("b", lambda: None, timedelta(hours=1))
    run_due()
    with django_assert_num_queries(1):
        run_due()
