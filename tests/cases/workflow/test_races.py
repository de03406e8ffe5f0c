"""Two at once: one decides, the other is told; a text saved while somebody approves does not go live with it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection

import pytest

from accounts.models import User
from cases.models import CaseStudyPage, Clearance, Submission
from cases.workflow import decisions
from cases.workflow.decisions import stamp
from cases.workflow.rules import Refused
from tests.conftest import load_base
from tests.factories.entries import make_case, make_team

ROUNDS = 5
# SQLite in memory, as the suite uses it, knows no second connection that waits.
pytestmark = pytest.mark.postgresql


@pytest.fixture
def base(transactional_db: None) -> None:
    load_base()


def account(name: str, group: str) -> User:
    user = User.objects.create_user(f"{name}@example.org")
    user.groups.add(Group.objects.get(name=group))
    return user


def submitted(expert: User) -> CaseStudyPage:
    case = make_case(make_team("ken"), live=False)
    case.save_revision(user=expert)
    decisions.submit(case, expert)
    return CaseStudyPage.objects.get(pk=case.pk)


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run all together; what each returned, or the refusal it met."""
    barrier, results = threading.Barrier(len(works)), [None] * len(works)

    def run(number: int, work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results[number] = work()
        except Exception as error:  # noqa: BLE001 - looked at by the test
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_two_decisions_one_counts(base: None) -> None:
    expert, first, second = account("expert", "team:ken"), account("one", "Editors"), account("two", "Editors")
    for _ in range(ROUNDS):
        case = submitted(expert)
        step = Submission.objects.of(case)[0].workflow_state.current_task_state
        shown = {"revision": case.latest_revision_id, "stamp": stamp(case.latest_revision)}
        results = at_once(
            lambda step=step, shown=shown: decisions.approve(step, first, **shown),
            lambda step=step, shown=shown: decisions.refuse(step, second, comment="No.", **shown),
        )
        refusals = [result for result in results if result is not None]
        assert len(refusals) == 1, results
        assert isinstance(refusals[0], Refused), refusals[0]
        case.refresh_from_db()
        outcome = Submission.objects.of(case)[0].step
        assert (outcome, case.live) in {("approved", True), ("rejected", False)}


def test_of_two_claims_one_counts(base: None) -> None:
    expert, people = account("expert", "team:ken"), [account(f"e{n}", "Editors") for n in range(3)]
    case = submitted(expert)
    step = Submission.objects.of(case)[0].workflow_state.current_task_state
    results = at_once(*(lambda one=one: decisions.claim(step, one) for one in people))
    assert sum(isinstance(result, Refused) for result in results) == 2, results
    assert Submission.objects.of(case)[0].claimed_by in people


def test_what_is_saved_while_somebody_approves_does_not_go_live(base: None) -> None:
    expert, first, second = account("expert", "team:ken"), account("one", "Editors"), account("two", "Editors")
    for _ in range(ROUNDS):
        case = submitted(expert)
        step = Submission.objects.of(case)[0].workflow_state.current_task_state
        shown = {"revision": case.latest_revision_id, "stamp": stamp(case.latest_revision)}
        draft = case.get_latest_revision_as_object()
        draft.title = "Saved meanwhile"
        results = at_once(
            lambda step=step, shown=shown: decisions.approve(step, first, **shown),
            lambda draft=draft: draft.save_revision(user=second),
        )
        assert not isinstance(results[1], Exception), results
        case.refresh_from_db()
        assert case.title != "Saved meanwhile"
        if case.live:
            assert case.live_revision_id == shown["revision"]
            assert Clearance.objects.filter(entry=case.pk, revision=shown["revision"]).exists()
        else:
            assert isinstance(results[0], PermissionDenied), results
