"""Public forms: the trap, the clock and the limit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone

import pytest

from core.guarding import LONGEST, GuardedForm, allowed, forget_old, sender, stamp
from core.models import Attempt

HOUR = timedelta(hours=1)


def form(drawn: str, website: str = "") -> GuardedForm:
    data = QueryDict(mutable=True)
    data.update({"drawn": drawn, "website": website})
    return GuardedForm(data)


def test_a_form_that_a_person_filled_in_passes() -> None:
    sent = form(stamp(timezone.now() - timedelta(minutes=3)))
    assert sent.is_valid()
    assert not sent.is_trapped


def test_what_only_a_program_fills_in_is_noticed() -> None:
    assert form(stamp(timezone.now() - timedelta(minutes=3)), website="https://spam.example").is_trapped


# The one of the future stands for one that was drawn a moment ago.
@pytest.mark.parametrize(
    "draw", [str, lambda: "forged", lambda: stamp(timezone.now() + timedelta(days=2))], ids=["none", "forged", "future"]
)
def test_a_form_without_a_true_and_patient_clock_is_refused(draw: Callable[[], str]) -> None:
    assert form(draw()).errors.keys() == {"drawn"}


def test_a_page_that_was_open_too_long_may_be_sent_again() -> None:
    late = form(stamp(timezone.now() - 2 * LONGEST))
    assert not late.is_valid()
    assert late.data["drawn"] != stamp(timezone.now() - 2 * LONGEST)
    assert str(late["drawn"].value()) == late.data["drawn"]


@pytest.mark.django_db
def test_each_sender_may_only_so_often() -> None:
    request, other = RequestFactory().get("/"), RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    assert [allowed(request, "ask", 2, HOUR) for _ in range(3)] == [True, True, False]
    assert allowed(other, "ask", 2, HOUR)
    assert allowed(request, "report", 2, HOUR)
    Attempt.objects.update(at=timezone.now() - 2 * HOUR)
    assert allowed(request, "ask", 2, HOUR)
    assert "127.0.0.1" not in str(list(Attempt.objects.values()))
    Attempt.objects.update(at=timezone.now() - timedelta(days=3))
    assert forget_old() == Attempt.objects.count() + 5


@pytest.mark.parametrize(
    ("direct", "seen", "expected"),
    [
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("", "203.0.113.9", "203.0.113.9"),
        ("93.184.216.34", "198.51.100.1", "93.184.216.34"),
        ("10.0.0.2", "not an address", ""),
        ("2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
    ],
)
def test_the_sender_behind_our_proxy_is_the_one_it_saw(direct: str, seen: str, expected: str) -> None:
    headers = {"HTTP_X_FORWARDED_FOR": seen} if seen else {}
    assert sender(RequestFactory().get("/", REMOTE_ADDR=direct, **headers)) == expected
