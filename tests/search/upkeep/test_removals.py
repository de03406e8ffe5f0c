"""What was taken back is found nowhere from its commit on, whether or not the index has heard of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.test import Client
from django.utils import timezone

from wagtail.models import Page, PageViewRestriction

import pytest

from cases.versions.keeping import erase
from core.withdrawals import withdraw
from search import service
from search.notices import Reason
from search.query import Query
from search.upkeep import removals
from search.upkeep.delivery import deliver
from search.upkeep.models import IndexChange, IndexState
from search.words import parse_text
from tests.factories.entries import make_case, make_team, publish, team_page
from tests.search.memory_engine import MemoryEngine
from tests.search.upkeep.conftest import key

pytestmark = pytest.mark.usefixtures("repository")


@pytest.fixture
def cases(engine: MemoryEngine) -> list[Any]:
    """Two indexed cases with a word in common, of two teams."""
    pages = [make_case(make_team(code), title=f"Wells of {code}") for code in ("ken", "uga")]
    deliver()
    return pages


def found() -> set[str]:
    """Keys of the hits for the common word; counts, total and similar entries must agree with them."""
    results = service.search(Query(text=parse_text("wells")[0])).results
    keys = {hit.document.key for hit in results.hits}
    assert results.total == len(keys)
    assert sum(value.count for value in results.facet("kind").values) == len(keys)
    everything = {hit.document.key for hit in service.search(Query()).results.hits}
    for one in everything:
        assert {card.key for card in service.similar(one, "en", 10)} == everything - {one}
    return keys


def restrict(page: Any) -> None:
    team = Page.objects.get(pk=team_page(page.team).pk)
    PageViewRestriction.objects.create(page=team, restriction_type=PageViewRestriction.LOGIN)


def set_embargo(page: Any) -> None:
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save()


@pytest.mark.parametrize(
    "take_back",
    [
        lambda page: withdraw(page, reason="other"),
        lambda page: page.unpublish(),
        erase,
        restrict,
        set_embargo,
    ],
    ids=["withdraw", "unpublish", "delete", "restrict", "embargo"],
)
def test_gone_at_once(cases: list[Any], engine: MemoryEngine, take_back: Any) -> None:
    gone, other = map(key, cases)
    assert found() == {gone, other}
    take_back(cases[0])
    assert gone in engine.held
    assert found() == {other}
    deliver()
    assert gone not in engine.held
    assert found() == {other}


def test_an_expiry_hides_on_time_without_a_worker(cases: list[Any], engine: MemoryEngine) -> None:
    cases[0].expire_at = timezone.now() + timedelta(days=1)
    cases[0].save()
    deliver()
    assert len(found()) == 2
    from tests.search.upkeep.test_events import pass_time

    pass_time(cases[0])
    assert found() == {key(cases[1])}


def test_a_removal_that_failed_too_often_still_hides(cases: list[Any], engine: MemoryEngine) -> None:
    cases[0].unpublish()
    from search.upkeep.models import IndexChange

    IndexChange.objects.update(attempts=99)
    assert found() == {key(cases[1])}


def test_too_many_removals_are_answered_by_the_database(
    cases: list[Any], engine: MemoryEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(removals, "MOST", 1)
    for page in cases:
        page.unpublish()
    answer = service.search(Query())
    assert [notice.reason for notice in answer.notices] == [Reason.REDUCED]
    assert answer.results.total == 0


def test_an_engine_in_trouble_is_stood_in_for_and_the_worker_told(
    cases: list[Any], engine: MemoryEngine, client: Client
) -> None:
    engine.broken = "garbled"
    response = client.get("/en/search/?q=wells")
    assert response.context["results"].total == 2
    assert "reduced mode" in response.content.decode()
    assert IndexState.current().trouble == "garbled"
    assert client.get("/readyz").json()["status"] == "degraded"


def test_one_sql_more_than_the_engine_asks(
    cases: list[Any], engine: MemoryEngine, django_assert_num_queries: Any
) -> None:
    service.search(Query())
    with django_assert_num_queries(1):
        service.search(Query())


@pytest.mark.parametrize("hours", [-1, 1], ids=["forward", "back"])
def test_a_clock_that_jumps_loses_and_shows_nothing(cases: list[Any], engine: MemoryEngine, hours: int) -> None:
    gone, other = map(key, cases)
    cases[0].unpublish()
    cases[1].title = "Wells elsewhere"
    publish(cases[1])
    # What was written a moment ago is of another hour than it is now.
    IndexChange.objects.update(due_at=F("due_at") + timedelta(hours=hours))
    assert found() == {other}
    cases[0].save_revision()
    cases[0].save()
    assert found() == {other}
    deliver()
    assert gone not in engine.held
    assert engine.held[other].texts["en"].title == "Wells elsewhere"
    assert not IndexChange.objects.exists()
