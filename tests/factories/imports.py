"""Records brought in as drafts, and what an import may have written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from cases.exchange.drafts.importing import Records, run
from cases.exchange.drafts.targets import RawRecord, Report, Target
from cases.exchange.problems import Place
from cases.models import CaseStudyPage, EntryPage, Organisation, ReferenceCounter, Tag
from cases.models.findings import Finding
from cases.models.progress import Progress
from cases.term_fields import Kind
from tests.factories.entries import make_team
from tests.factories.records import records

CASE = "malawi-community-score-card"


def raw_case(**changes: Any) -> dict[str, Any]:
    """The record of a demo case, with some values changed."""
    return {**records("cases.json", CASE)[0], **changes}


def source(*raws: Any) -> Records:
    """What reads these records."""

    def read(report: Report) -> Iterable[RawRecord]:
        for number, raw in enumerate(raws, 1):
            yield RawRecord(Place("cases.json", f"record {number}", report.problems), raw)

    return read


def bring(*raws: Any, team: str = "ken", kind: Kind = "case", user: Any = None) -> Report:
    """Import these records."""
    return run(source(*raws), Target.of(make_team(team), kind, user), "cases.json")


def the_case(key: str = CASE) -> CaseStudyPage:
    """The case with that key."""
    return CaseStudyPage.objects.get(external_id=key)


def draft(page: EntryPage) -> Any:
    """The newest version of a page."""
    return page.get_latest_revision_as_object()


def everything() -> tuple[int, ...]:
    """Counts of all that an import writes."""
    models = (Page, Revision, Organisation, Tag, PageLogEntry, ReferenceIndex, Progress, Finding)
    counters = sum(ReferenceCounter.objects.values_list("last", flat=True))
    return (*(model.objects.count() for model in models), counters)
