"""Imports of many rows: few statements while others wait, and all that saving one draft would bring."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail.models import GroupPagePermission, Page

import pytest

from cases.checks.looking import record as look_at
from cases.exchange.drafts.importing import run
from cases.exchange.drafts.targets import Target
from cases.models import CaseStudyPage, EntryPage
from cases.models.findings import Finding
from search.upkeep.models import IndexChange
from tests.factories.entries import make_case, make_team
from tests.factories.imports import bring, draft, everything, raw_case, source, the_case

pytestmark = pytest.mark.usefixtures("repository")


def test_the_transaction_takes_as_few_sql_for_each_of_many_rows_as_of_few() -> None:
    def statements(number: int, **changes: Any) -> int:
        cases = [raw_case(id=f"row-{n}", slug=None, translations={}, **changes) for n in range(number)]
        begun: list[int] = []
        ended: list[int] = []
        with CaptureQueriesContext(connection) as found:
            target = Target.of(make_team("ken"), "case")
            report = run(
                source(*cases), target, "cases.json",
                begin=lambda *_phase: begun.append(len(found)), finish=lambda _report: ended.append(len(found)),
            )  # fmt: skip
        assert report.counts["unchanged"] == 0
        return ended[0] - begun[-1]

    statements(1)
    few, more = statements(20, title="Few are new"), statements(20, title="Few are changed")
    assert max(few, more) < 60
    EntryPage.objects.filter(external_id__startswith="row-").update(external_id="")
    many, all_of_them = statements(120, title="Many are new"), statements(120, title="Many are changed")
    assert (many - few) / 100 < 2  # SQLite takes some thousand values with one statement
    assert (all_of_them - more) / 100 < 2


def test_sql_of_the_preparation_is_bounded_for_each_row() -> None:
    def queries(number: int, name: str) -> int:
        cases = [raw_case(id=f"{name}-{n}", slug=None, translations={}) for n in range(number)]
        with CaptureQueriesContext(connection) as found:
            assert bring(*cases).counts["created"] == number
        return len(found)

    queries(1, "warm")
    few, many = queries(2, "few"), queries(42, "many")
    assert (many - few) / 40 < 4


def test_phases_are_told_and_one_that_stops_leaves_nothing() -> None:
    before, heard = everything(), []

    def begin(phase: str, number: int) -> None:
        heard.append((phase, number))
        if phase == "writing":
            raise InterruptedError

    with pytest.raises(InterruptedError):
        run(source(raw_case(), raw_case(id="b")), Target.of(make_team("ken"), "case"), "cases.json", begin=begin)
    assert heard == [("preparing", 2), ("writing", 2)]
    assert everything() == before


def test_personal_data_of_imported_drafts_are_findings_at_once() -> None:
    bring(raw_case(results="Write to wanjiku.mwangi@gmail.com."), raw_case(id="other"))
    finding = Finding.objects.get(entry=the_case().pk, field="results")
    assert (finding.kind, finding.state, finding.present) == ("mail", "open", True)
    before = list(Finding.objects.order_by("pk").values_list("entry_id", "key", "present"))
    for page in (the_case(), the_case("other")):
        look_at(draft(page))
    assert list(Finding.objects.order_by("pk").values_list("entry_id", "key", "present")) == before
    bring(raw_case(results="Write to nobody."))
    finding.refresh_from_db()
    assert not finding.present


def test_the_public_search_hears_nothing_of_new_drafts() -> None:
    make_team("ken")
    waiting = IndexChange.objects.count()
    bring(raw_case(), raw_case(id="other"))
    assert IndexChange.objects.count() == waiting


def test_co_authors_may_change_a_translation_that_an_import_adds() -> None:
    page = make_case(make_team("ken"))
    page.co_teams.add(make_team("uga"))
    bring({"reference": page.reference, "translations": {"fr": {"title": "Nouveau"}}})
    added = CaseStudyPage.objects.get(original=page)
    groups = GroupPagePermission.objects.filter(page=added).values_list("group__name", flat=True)
    assert "team:uga" in groups


def test_an_entry_that_is_locked_meanwhile_is_refused_after_all() -> None:
    page = make_case(make_team("ken"))
    before = everything()

    def lock(_number: int) -> None:
        Page.objects.filter(pk=page.pk).update(locked=True)

    given = source({"reference": page.reference, "title": "From the file"})
    report = run(given, Target.of(make_team("ken"), "case"), "cases.json", lock)
    assert "is locked" in report.problems[0].found
    assert everything() == before
