"""Scheduled pages go live one by one; the one that may not be published stops no other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from wagtail.models import Revision

import pytest

from cases.models import CaseStudyPage
from cases.workflow import door
from search.upkeep.schedule import Schedule, overdue
from search.upkeep.worker import Worker
from tests.factories.entries import make_case, publish
from tests.search.memory_engine import MemoryEngine
from tests.search.upkeep.conftest import key

pytestmark = pytest.mark.usefixtures("repository")


def scheduled(**fields: Any) -> CaseStudyPage:
    """A case that was approved for a time that has come."""
    page = make_case(live=False, **fields)
    page.go_live_at = timezone.now() - timedelta(hours=1)
    revision = page.save_revision()
    door.clear(revision, "test")
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=page.go_live_at)
    return page


def test_one_with_gaps_stops_no_other(engine: MemoryEngine, caplog: pytest.LogCaptureFixture) -> None:
    pages = [scheduled(), scheduled(problem=""), scheduled()]
    Worker().once()
    assert [CaseStudyPage.objects.get(pk=page.pk).live for page in pages] == [True, False, True]
    assert set(engine.held) == {key(pages[0]), key(pages[2])}
    assert f"{pages[1].get_latest_revision().pk} is due but could not be dealt with" in caplog.text
    assert [revision.object_id for revision in overdue()] == [str(pages[1].pk)]


def test_what_failed_is_not_tried_again_at_once(engine: MemoryEngine, caplog: pytest.LogCaptureFixture) -> None:
    scheduled(problem="")
    schedule = Schedule()
    schedule.run()
    caplog.clear()
    assert schedule.run() == 0
    assert "is due" not in caplog.text


def test_expired_pages_are_taken_down(engine: MemoryEngine) -> None:
    page = make_case()
    Worker().once()
    CaseStudyPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    Worker().once()
    page.refresh_from_db()
    assert (page.live, page.expired, key(page) in engine.held) == (False, True, False)


def test_a_future_date_waits(engine: MemoryEngine) -> None:
    page = make_case(live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    publish(page)
    Worker().once()
    page.refresh_from_db()
    assert not page.live
    assert engine.held == {}
