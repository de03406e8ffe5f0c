"""Several entries are withdrawn at once; another editor brings them all back, or none."""

from __future__ import annotations

import uuid
from typing import Any

from django.test import Client

import pytest

from accounts.models import User
from cases.desk.bulk.actions import BulkRefusedError, work_named
from cases.desk.bulk.models import BulkGroup
from cases.desk.bulk.running import UndoRefusedError, run, undo
from cases.models import CaseStudyPage, EntryPage
from cases.withdrawing.actions import restore
from core.withdrawals import active
from tests.cases.desk.submitted import somebody
from tests.factories.entries import make_case, translate

pytestmark = pytest.mark.usefixtures("repository")
TOLD = {"note": "", "public_code": "", "public_reason": ""}


def take_back(user: User, *cases: Any, reason: str = "superseded") -> BulkGroup:
    return run(work_named("withdraw"), user, [case.pk for case in cases], {"reason": reason, "told": TOLD})


def live(*cases: Any) -> list[bool]:
    return [EntryPage.objects.get(pk=case.pk).live for case in cases]


def answers(client: Client, *cases: Any) -> list[int]:
    return [client.get(CaseStudyPage.objects.get(pk=case.pk).get_url()).status_code for case in cases]


def test_all_languages_are_gone_at_once_and_drafts_are_named(client: Client) -> None:
    case, draft = make_case(), make_case(title="Draft", live=False)
    french = translate(case, "fr")
    group = take_back(somebody(), case, draft, french)
    assert live(case, french) == [False, False]
    assert answers(client, case) == [410]
    assert len([item for item in group.items.all() if item.refused]) == 2


def test_another_editor_undoes_it_for_all(client: Client) -> None:
    cases = [make_case(), make_case()]
    group = take_back(somebody(), *cases)
    assert answers(client, *cases) == [410, 410]
    undo(group, somebody("second@example.org"))
    assert live(*cases) == [True, True]
    assert answers(client, *cases) == [200, 200]
    assert not any(active(case.translation_key) for case in cases)


def test_whoever_withdrew_does_not_undo_it() -> None:
    case, user = make_case(), somebody()
    group = take_back(user, case)
    with pytest.raises(UndoRefusedError):
        undo(group, user)
    assert live(case) == [False]


def test_undoing_is_refused_for_all_once_one_was_restored_or_may_not_come_back() -> None:
    one, two = make_case(), make_case(title="Restored since")
    group = take_back(somebody(), one, two)
    second = somebody("second@example.org")
    restore(active(two.translation_key), second)  # type: ignore[arg-type]
    with pytest.raises(UndoRefusedError) as refused:
        undo(group, second)
    assert refused.value.changed == ("Restored since",)
    assert live(one, two) == [False, False]
    other = make_case(title="Consent revoked")
    group = take_back(somebody(), other, reason="community-consent-revoked")
    with pytest.raises(UndoRefusedError, match="Consent was taken back"):
        undo(group, second)
    assert live(other) == [False]


def test_ethics_moderators_withdraw_nothing_in_bulk() -> None:
    case = make_case()
    with pytest.raises(BulkRefusedError):
        take_back(somebody("ethics@example.org", "Ethics moderators"), case)
    assert live(case) == [True]


def test_the_form_asks_for_a_reason_and_says_who_undoes(editor: Client) -> None:
    case = make_case(title="Old survey")
    where = f"/admin/bulk/cases/entrypage/withdraw/?id={case.pk}"
    assert "a tombstone stays" in editor.get(where).content.decode()
    editor.post(where, {"key": str(uuid.uuid4()), "tell": "nothing"})
    editor.post(where, {"key": str(uuid.uuid4()), "reason": "nonsense", "tell": "nothing"})
    assert live(case) == [True]
    report = editor.post(where, {"key": str(uuid.uuid4()), "reason": "superseded", "tell": "nothing"}, follow=True)
    text = report.content.decode()
    assert live(case) == [False]
    assert "Another editor" in text
    assert "Undo all of this" not in text
