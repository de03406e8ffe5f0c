"""What is due for review: found, asked for again, and that undone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client

import pytest

from cases.desk.bulk.actions import work_named
from cases.desk.bulk.running import UndoRefusedError, run, undo
from cases.models import CaseStudyPage, ReviewDate
from cases.review_dates.dates import confirm, today
from cases.review_dates.reminding import remind
from core.models import QueuedMail
from core.withdrawals import withdraw
from tests.cases.desk.conftest import read_csv
from tests.cases.desk.submitted import somebody
from tests.factories.entries import make_case, make_team, translate

pytestmark = pytest.mark.usefixtures("repository")
STALE = "/admin/desk/stale/"


def due(case: CaseStudyPage, days: int) -> CaseStudyPage:
    day = today() + dt.timedelta(days=days)
    ReviewDate.objects.filter(entry=case.pk).update(due_on=day, remind_on=day)
    return case


def titles(client: Client, query: str = "") -> list[str]:
    return [row["Title"] for row in read_csv(client, STALE + query)]


def dates(*cases: Any) -> list[Any]:
    return [ReviewDate.objects.values("due_on", "remind_on", "checked_on").get(entry=case.pk) for case in cases]


def ask(*cases: Any) -> Any:
    return run(work_named("ask-review"), somebody(), [case.pk for case in cases], {})


def test_published_originals_past_their_date_longest_first(editor: Client) -> None:
    for title, days in (("Late", -5), ("Later", -50), ("Soon", 20), ("Fine", 300)):
        due(make_case(title=title), days)
    translate(CaseStudyPage.objects.get(title="Late"), "fr", title="Tard")
    withdraw(due(make_case(title="Gone"), -5), reason="other")
    make_case(title="Draft", live=False)
    assert titles(editor) == ["Later", "Late"]
    assert titles(editor, "?when=soon&ordering=-due") == ["Soon", "Late", "Later"]
    assert titles(editor, f"?team={make_team('uga').pk}") == []
    assert [row["Days past"] for row in read_csv(editor, STALE)] == ["50", "5"]
    text = " ".join(editor.get("/admin/desk/").content.decode().split())
    assert "<strong>2</strong> <span>due for review" in text
    assert "<strong>1</strong> <span>due within 60 days" in text


def test_no_entry_is_due_at_first(editor: Client) -> None:
    assert "No published entry is due for review." in editor.get(STALE).content.decode()


def test_asking_makes_it_due_and_reminds_the_team(editor: Client) -> None:
    somebody("member@example.org", "team:ken")
    fine, overdue, draft = make_case(title="Fine"), due(make_case(title="Late"), -5), make_case(title="D", live=False)
    group = ask(fine, overdue, draft)
    assert {item.label for item in group.items.all() if item.refused} == {"Late", "D"}
    assert "Fine" in titles(editor)
    remind()
    assert QueuedMail.objects.filter(kind="review-due", about=fine.reference).exists()


def test_undoing_brings_the_dates_back_also_after_a_reminder() -> None:
    one, two = make_case(), make_case()
    before = dates(one, two)
    group = ask(one, two)
    remind()
    undo(group, somebody())
    assert dates(one, two) == before


def test_undoing_is_refused_once_somebody_confirmed() -> None:
    one, two = make_case(title="One"), make_case(title="Confirmed")
    group = ask(one, two)
    held = dates(one)
    confirm(two, somebody())
    with pytest.raises(UndoRefusedError) as refused:
        undo(group, somebody())
    assert refused.value.changed == ("Confirmed",)
    assert dates(one) == held
