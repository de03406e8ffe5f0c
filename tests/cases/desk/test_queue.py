"""The queue: what waits, sorted and filtered; claimed from the row; read-only for reviewers."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.test import Client
from django.utils import timezone

import pytest

from cases.models import Term
from cases.workflow.decisions import ask_for_changes, claim, stamp
from cases.workflow.models import Submission
from tests.cases.desk.conftest import read_csv, read_xlsx
from tests.cases.desk.submitted import somebody, submitted
from tests.cases.editor.conftest import sign_in
from tests.factories.entries import make_case

pytestmark = pytest.mark.usefixtures("repository")
QUEUE, CLAIMS = "/admin/desk/queue/", "/admin/desk/claims/"


def titles(client: Client, address: str) -> list[str]:
    return [row["Title"] for row in read_csv(client, address)]


def change(submission: Submission, **values: Any) -> None:
    Submission.objects.filter(pk=submission.pk).update(**values)


def days(number: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=number)


def send_back(submission: Submission) -> None:
    step = submission.workflow_state.current_task_state
    latest = step.revision
    ask_for_changes(step, somebody(), revision=latest.pk, stamp=stamp(latest), comment="Please add a source.")


def test_what_waits_longest_comes_first_and_drafts_do_not_come(editor: Client) -> None:
    make_case(live=False, title="Draft")
    for title, waits in (("New", 0), ("Old", -9), ("Older", -20)):
        change(submitted(title), step_since=days(waits))
    assert titles(editor, QUEUE) == ["Older", "Old", "New"]
    assert titles(editor, f"{QUEUE}?ordering=-title") == ["Older", "Old", "New"]
    assert titles(editor, f"{QUEUE}?ordering=-step_since") == ["New", "Old", "Older"]
    assert titles(editor, f"{QUEUE}?ordering=nonsense") == ["Older", "Old", "New"]


def test_filters(editor: Client) -> None:
    kenyan = submitted("Kenyan", terms={"countries": ["ken"]})
    ugandan = submitted("Ugandan", "uga", terms={"countries": ["uga", "rwa"]})
    change(kenyan, due_at=days(-1), risk=Submission.Risk.SENSITIVE)
    change(ugandan, due_at=days(2))
    undue = submitted("Undue")
    change(undue, due_at=None)
    rwanda = Term.objects.get(vocabulary="countries", code="rwa").pk
    asked = {
        f"?team={ugandan.entry.team_id}": ["Ugandan"],
        f"?country={rwanda}": ["Ugandan"],
        f"?locale={kenyan.entry.locale_id}": ["Kenyan", "Ugandan", "Undue"],
        "?risk=2": ["Kenyan"],
        "?due=late": ["Kenyan"],
        "?due=soon": ["Ugandan"],
        "?due=none": ["Undue"],
        "?words=ugan": ["Ugandan"],
        f"?words={kenyan.entry.reference}": ["Kenyan"],
        "?step=ethics": [],
        "?team=999999&due=never&country=x": ["Kenyan", "Ugandan", "Undue"],
    }
    for query, expected in asked.items():
        assert titles(editor, QUEUE + query) == expected, query


def test_claims_are_filters_too_and_lapse(editor: Client) -> None:
    mine, taken, lapsed, free = (submitted(title) for title in ("Mine", "Taken", "Lapsed", "Free"))
    other = somebody("second@example.org")
    claim(mine.workflow_state.current_task_state, somebody())
    claim(taken.workflow_state.current_task_state, other)
    change(lapsed, claimed_by=other, claimed_at=days(-30))
    assert titles(editor, f"{QUEUE}?claim=mine") == ["Mine"]
    assert titles(editor, f"{QUEUE}?claim=taken") == ["Taken"]
    assert titles(editor, f"{QUEUE}?claim=free") == ["Lapsed", "Free"]
    assert titles(editor, CLAIMS) == ["Mine"]
    assert free


def test_what_is_back_with_its_team_is_shown_on_demand(editor: Client) -> None:
    send_back(submitted("Back"))
    assert titles(editor, QUEUE) == []
    assert titles(editor, f"{QUEUE}?step=changes-asked") == ["Back"]


def test_a_row_is_claimed_and_released_by_its_button(editor: Client) -> None:
    submission = submitted("Wanted")
    assert f"/admin/desk/queue/{submission.pk}/claim/" in editor.get(QUEUE).content.decode()
    answer = editor.post(f"/admin/desk/queue/{submission.pk}/claim/", {"next": f"{QUEUE}?due=late"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{QUEUE}?due=late"
    assert "You have claimed “Wanted”" in answer.content.decode()
    submission.refresh_from_db()
    assert submission.claimed_by == somebody()
    assert f"/admin/desk/queue/{submission.pk}/release/" in editor.get(CLAIMS).content.decode()
    editor.post(f"/admin/desk/queue/{submission.pk}/release/")
    submission.refresh_from_db()
    assert submission.claimed_by is None


@pytest.mark.parametrize("list_address", [QUEUE, f"{QUEUE}results/"])
def test_the_buttons_form_carries_what_protects_it(editor: Client, list_address: str) -> None:
    submission = submitted("Wanted")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(somebody())
    text = strict.get(list_address).content.decode()
    form = text[text.index(f"/admin/desk/queue/{submission.pk}/claim/") :]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token
    strict.post(f"/admin/desk/queue/{submission.pk}/claim/", {"csrfmiddlewaretoken": token[1]})
    submission.refresh_from_db()
    assert submission.claimed_by == somebody()


def test_of_two_who_claim_one_is_told(editor: Client) -> None:
    submission = submitted("Wanted")
    claim(submission.workflow_state.current_task_state, somebody("second@example.org"))
    assert f"{submission.pk}/claim/" not in editor.get(QUEUE).content.decode()
    text = editor.post(f"/admin/desk/queue/{submission.pk}/claim/", follow=True).content.decode()
    assert "second@example.org has claimed this entry" in text


def test_own_work_has_no_button(editor: Client) -> None:
    submission = submitted("Own")
    submission.entry.specific.save_revision(user=somebody())
    text = editor.get(QUEUE).content.decode()
    assert f"{submission.pk}/claim/" not in text
    assert "your own work" in text
    editor.post(f"/admin/desk/queue/{submission.pk}/claim/")
    submission.refresh_from_db()
    assert submission.claimed_by is None


def test_each_role_has_the_buttons_of_its_step(ethics: Client, editor: Client) -> None:
    submission = submitted("Case")
    assert "for another role" in ethics.get(QUEUE).content.decode()
    change(submission, step="ethics")
    assert f"{submission.pk}/claim/" in ethics.get(QUEUE).content.decode()
    assert "for another role" in editor.get(QUEUE).content.decode()


def test_what_is_over_is_not_claimed(editor: Client) -> None:
    submission = submitted("Back")
    send_back(submission)
    assert "not under review" in editor.post(f"/admin/desk/queue/{submission.pk}/claim/", follow=True).content.decode()
    assert editor.post("/admin/desk/queue/999999/claim/").status_code == 404


def test_reviewers_read_and_change_nothing(reviewer: Client) -> None:
    submission = submitted("Readable")
    text = reviewer.get(QUEUE).content.decode()
    assert "Readable" in text
    assert "/claim/" not in text
    assert "data-bulk-action-checkbox" not in text
    ajax = {"x-requested-with": "XMLHttpRequest"}
    assert reviewer.post(f"/admin/desk/queue/{submission.pk}/claim/", headers=ajax).status_code == 403
    assert reviewer.get(CLAIMS, headers=ajax).status_code == 403
    assert "/admin/desk/queue/" in reviewer.get("/admin/").content.decode()


def test_experts_claim_nothing_and_read_no_title(expert: Client) -> None:
    submission = submitted("Secret of Uganda", "uga")
    ajax = {"x-requested-with": "XMLHttpRequest"}
    for address in (QUEUE, f"{QUEUE}results/", f"{QUEUE}?export=csv", f"{QUEUE}?export=xlsx", CLAIMS):
        answer = expert.get(address, headers=ajax)
        assert answer.status_code == 403
        assert b"Secret" not in answer.content
    assert expert.post(f"/admin/desk/queue/{submission.pk}/claim/", headers=ajax).status_code == 403
    submission.refresh_from_db()
    assert submission.claimed_by is None


def test_exports_hold_what_the_list_shows_and_no_formula(editor: Client) -> None:
    submission = submitted('=HYPERLINK("http://evil.example","x")', terms={"countries": ["ken", "uga"]})
    change(submission, due_at=days(5))
    for read in (read_csv, read_xlsx):
        (row,) = read(editor, QUEUE)
        assert row["Title"].startswith("'=HYPERLINK")
        assert row["Countries"] == "Kenya, Uganda"
        assert row["Reference"] == submission.entry.reference
        assert str(row["Due"])[:10] == days(5).date().isoformat()


def test_a_day_to_come_is_written_out(editor: Client) -> None:
    """Wagtail's own column of dates calls whatever is to come “Just now”."""
    change(submitted("Kenyan"), due_at=dt.datetime(2126, 3, 4, 12, tzinfo=dt.UTC))
    shown = editor.get(QUEUE).content.decode()
    assert "<td>March 4, 2126</td>" in shown
    assert "Just now" not in shown.split("<td>March 4, 2126</td>")[1]


def test_the_first_page_counts(editor: Client) -> None:
    change(submitted("Late"), due_at=days(-1))
    claim(submitted("Held").workflow_state.current_task_state, somebody())
    text = " ".join(editor.get("/admin/desk/").content.decode().split())
    for number, label, query in (
        (2, "wait for a decision", "queue/"),
        (1, "overdue", "queue/?due=late"),
        (0, "sensitive", "queue/?risk=2"),
        (1, "claimed by nobody", "queue/?claim=free"),
        (1, "claimed by me", "claims/"),
    ):
        assert f'<a href="/admin/desk/{query}"><strong>{number}</strong> <span>{label}</span></a>' in text, label


def test_empty_lists_say_so(editor: Client) -> None:
    assert "Nothing waits for a decision." in editor.get(QUEUE).content.decode()
    assert "You have claimed nothing." in editor.get(CLAIMS).content.decode()
    assert "Nothing matches these filters." in editor.get(f"{QUEUE}?risk=2").content.decode()


def test_an_administrator_works_here_too() -> None:
    submission = submitted("Case")
    admin = sign_in("admin@example.org", superuser=True)
    assert f"{submission.pk}/claim/" in admin.get(QUEUE).content.decode()
