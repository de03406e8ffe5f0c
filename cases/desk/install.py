"""What this room puts on the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from cases.desk import coverage, vocabulary_use
from cases.desk.audit import AuditList
from cases.desk.bulk.install import install as install_bulk
from cases.desk.bulk.listing import BulkList
from cases.desk.coverage_list import COVERAGE_LISTS, NONE
from cases.desk.entries import EntriesList
from cases.desk.lists import list_url
from cases.desk.mending import BrokenLinksList, UnwordedList, link_figures, picture_figures
from cases.desk.queue import ClaimsList, QueueList
from cases.desk.queue_figures import claim_figures, queue_figures
from cases.desk.registry import Figure, Place, register
from cases.desk.stale import StaleList, stale_figures
from cases.desk.vocabulary_list import IDLE, LINGERING, VocabularyUseList

WITHOUT_A_CASE: Final = {
    "countries": _("countries without a published case"),
    "sdgs": _("goals without a published case"),
    "groups": _("population groups without a published case"),
    "stages": _("stages without a published case"),
    "themes": _("themes without a published case"),
}


def install() -> None:
    """Fill the registry; `search` adds its own list."""
    install_bulk()
    register(Place(QueueList, _("Queue"), "tasks", 10, queue_figures))
    register(Place(ClaimsList, _("My claims"), "user", 20, claim_figures))
    register(
        Place(COVERAGE_LISTS[0], _("Gaps in coverage"), "globe", 50, coverage_figures, more=COVERAGE_LISTS[1:]),
    )
    register(Place(VocabularyUseList, _("Use of vocabularies"), "list-ul", 60, vocabulary_figures))
    register(Place(StaleList, _("Due for review"), "calendar-alt", 30, stale_figures))
    register(Place(BrokenLinksList, _("Broken links"), "link", 34, link_figures))
    register(Place(UnwordedList, _("Pictures without words"), "image", 36, picture_figures))
    register(Place(EntriesList, _("All entries"), "doc-full", 40))
    register(Place(BulkList, _("Bulk actions"), "list-ol", 80))
    register(Place(AuditList, _("Audit log"), "history", 90))


def coverage_figures(_user: Any) -> Iterator[Figure]:
    """Terms without a case, one figure a dimension."""
    without = coverage.gaps()
    for view in COVERAGE_LISTS:
        name = view.dimension.name
        yield Figure(without[name], WITHOUT_A_CASE[name], list_url(view, f"?show={NONE}"))


def vocabulary_figures(_user: Any) -> Iterator[Figure]:
    """Terms that nobody chose, and retired ones that are still there."""
    uses = vocabulary_use.uses()
    lingering = sum(use.lingers for use in uses)
    yield Figure(lingering, _("retired terms still in use"), list_url(VocabularyUseList, f"?state={LINGERING}"), True)
    yield Figure(sum(use.idle for use in uses), _("terms never used"), list_url(VocabularyUseList, f"?state={IDLE}"))
