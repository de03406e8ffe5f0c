"""Submissions are claimed, released and given a date together; each action is undone as a whole or not at all."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.test import Client
from django.utils import timezone

from wagtail.models import PageLogEntry

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import User
from cases.desk.bulk.actions import work_named
from cases.desk.bulk.models import BulkGroup
from cases.desk.bulk.running import UndoRefusedError, run, undo
from cases.workflow.models import Submission
from tests.cases.desk.submitted import somebody, submitted
from tests.conftest import load_base

NAMES = ("claim", "release", "due")


def do(name: str, user: User, rows: list[Submission], day: dt.date | None = None) -> BulkGroup:
    values = {"due": day or timezone.localdate()} if name == "due" else {}
    return run(work_named(name), user, [row.pk for row in rows], values)


def holders(rows: list[Submission]) -> list[int | None]:
    return [Submission.objects.get(pk=row.pk).claimed_by_id for row in rows]


@pytest.mark.usefixtures("repository")
class TestOneByOne:
    """Single actions and their undoing."""

    def test_what_can_be_claimed_is_and_the_rest_is_named(self) -> None:
        editor, other = somebody(), somebody("second@example.org")
        free, taken, own = submitted("Free"), submitted("Taken"), submitted("Own")
        do("claim", other, [taken])
        own.entry.specific.save_revision(user=editor)
        group = do("claim", editor, [free, taken, own])
        assert holders([free, taken, own]) == [editor.pk, other.pk, None]
        refused = {item.label: item.refused for item in group.items.all() if item.refused}
        assert set(refused) == {"Taken", "Own"}
        assert "second@example.org has claimed" in refused["Taken"]
        assert "saved a version" in refused["Own"]

    def test_undoing_gives_back_only_what_was_claimed(self) -> None:
        editor = somebody()
        rows = [submitted(), submitted()]
        do("claim", editor, rows[:1])
        group = do("claim", editor, rows)
        undo(group, editor)
        assert holders(rows) == [editor.pk, None]

    def test_undoing_is_refused_once_somebody_decided_or_took_over(self) -> None:
        editor = somebody()
        rows = [submitted("Kept"), submitted("Released")]
        group = do("claim", editor, rows)
        do("release", editor, rows[1:])
        with pytest.raises(UndoRefusedError) as refused:
            undo(group, editor)
        assert refused.value.changed == ("Released",)
        assert holders(rows) == [editor.pk, None]

    def test_nobody_gives_back_the_claims_of_another(self) -> None:
        editor, rows = somebody(), [submitted()]
        group = do("claim", editor, rows)
        with pytest.raises(UndoRefusedError):
            undo(group, somebody("second@example.org"))
        assert holders(rows) == [editor.pk]

    def test_a_due_date_lasts_to_the_end_of_its_day_and_starts_reminders_anew(self) -> None:
        editor, row = somebody(), submitted()
        Submission.objects.filter(pk=row.pk).update(reminded_at=timezone.now(), escalated_at=timezone.now())
        before = Submission.objects.values("due_at", "reminded_at", "escalated_at").get(pk=row.pk)
        day = timezone.localdate() + dt.timedelta(days=3)
        group = do("due", editor, [row], day)
        after = Submission.objects.get(pk=row.pk)
        assert after.due_at is not None
        assert timezone.localtime(after.due_at).strftime("%Y-%m-%d %H:%M") == f"{day.isoformat()} 23:59"
        assert (after.reminded_at, after.escalated_at) == (None, None)
        assert PageLogEntry.objects.filter(uuid=group.key, action="cases.bulk.due", page=row.entry_id).exists()
        undo(group, editor)
        assert Submission.objects.values("due_at", "reminded_at", "escalated_at").get(pk=row.pk) == before

    def test_claims_of_one_action_share_a_key_in_the_log(self) -> None:
        editor, rows = somebody(), [submitted(), submitted()]
        group = do("claim", editor, rows)
        lines = PageLogEntry.objects.filter(uuid=group.key, action="cases.review.claim")
        assert set(lines.values_list("page_id", flat=True)) == {row.entry_id for row in rows}

    def test_through_the_admin(self, client: Client) -> None:
        editor, rows = somebody(), [submitted("First"), submitted("Second")]
        client.force_login(editor)
        where = "/admin/bulk/cases/submission/due/?" + "&".join(f"id={row.pk}" for row in rows)
        assert "First" in client.get(where).content.decode()
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        for bad in ("", "soon", yesterday.isoformat()):
            answer = client.post(where, {"key": str(uuid.uuid4()), "due": bad})
            assert answer.status_code == 200
            assert not BulkGroup.objects.exists()
        day = timezone.localdate() + dt.timedelta(days=9)
        answer = client.post(where, {"key": str(uuid.uuid4()), "due": day.isoformat()}, follow=True)
        assert "Done for 2 entries" in answer.content.decode()

    def test_the_rest_of_a_list_is_done_though_some_are_gone(self) -> None:
        editor, row, gone = somebody(), submitted(), submitted()
        key = gone.pk
        gone.delete()
        group = run(work_named("claim"), editor, [row.pk, key], {})
        assert group.items.count() == 1
        assert holders([row]) == [editor.pk]


class TestHistories(TestCase):
    """Whatever people do one after the other, an undo brings exactly the state before, or changes nothing."""

    @classmethod
    def setUpTestData(cls) -> None:
        load_base()
        cls.people = [somebody("one@example.org"), somebody("two@example.org")]
        cls.rows = [submitted(f"Case {n}") for n in range(3)]

    @settings(max_examples=20, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.tuples(
                st.sampled_from([*NAMES, "undo", "undo"]),
                st.integers(0, 1),
                st.sets(st.integers(0, 2), min_size=1),
                st.integers(0, 5),
            ),
            max_size=12,
        )
    )
    def test_any_history(self, steps: list[tuple[str, int, set[int], int]]) -> None:
        groups: list[tuple[BulkGroup, Any, Any]] = []
        for name, person, places, number in steps:
            user = User.objects.get(pk=self.people[person].pk)
            before = self.snapshot()
            if name != "undo":
                day = timezone.localdate() + dt.timedelta(days=number)
                group = do(name, user, [self.rows[place] for place in sorted(places)], day)
                groups.append((group, before, self.snapshot()))
                self.check_report(group, before)
            elif groups:
                group, earlier, later = groups[number % len(groups)]
                self.undo(group, user, earlier, later)

    def undo(self, group: BulkGroup, user: User, earlier: Any, later: Any) -> None:
        now = self.snapshot()
        group.refresh_from_db()
        done = [item.target for item in group.items.all() if item.done]
        mine = user.pk == group.user_id or group.action == "due"
        untouched = all(now[key] == later[key] for key in done)
        try:
            undo(group, user)
        except UndoRefusedError:
            assert self.snapshot() == now
            assert not (done and mine and untouched and group.undone_at is None)
        else:
            assert done
            assert mine
            assert untouched
            assert group.undone_at is None
            assert self.snapshot() == {key: earlier[key] if key in done else now[key] for key in now}

    def check_report(self, group: BulkGroup, before: Any) -> None:
        """What was refused is as it was; what was done is noted as it is now."""
        now = self.snapshot()
        for item in group.items.all():
            if item.refused:
                assert now[item.target] == before[item.target]

    def snapshot(self) -> Any:
        names = ("claimed_by", "claimed_at", "due_at", "reminded_at", "step")
        return {row.pop("pk"): row for row in Submission.objects.values("pk", *names)}
