"""The audit log reads all logs as one, newest first, and finds who did what to which thing when."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from django.test import Client

from wagtail.log_actions import log, registry
from wagtail.models import ModelLogEntry, PageLogEntry

import pytest

from cases.desk.bulk.install import register_actions
from cases.models import Term
from tests.cases.desk.conftest import read_csv
from tests.cases.desk.submitted import somebody
from tests.factories.entries import make_case, make_team

pytestmark = pytest.mark.usefixtures("repository")
LOG = "/admin/desk/audit/"


def labels(client: Client, query: str = "") -> list[str]:
    return [row["Object"] for row in read_csv(client, LOG + query)]


def test_pages_and_other_things_stand_together_newest_first(editor: Client) -> None:
    case, term = make_case(title="Wells"), Term.objects.get(vocabulary="themes", code="health")
    log(instance=term, action="cases.term.retire", user=somebody())
    log(instance=case, action="cases.bulk.due", user=somebody())
    assert labels(editor)[:2] == ["Wells", "Health and well-being"]
    text = editor.get(LOG).content.decode()
    assert text.index("Due date set") < text.index("Retired")
    assert f"/admin/pages/{case.pk}/edit/" in text


def test_filters_by_person_action_object_day_and_key(editor: Client) -> None:
    one, two, key = somebody("one@example.org"), somebody("two@example.org"), uuid.uuid4()
    case = make_case(title="Wells")
    PageLogEntry.objects.all().delete()
    ModelLogEntry.objects.all().delete()
    log(instance=case, action="wagtail.lock", user=one, timestamp=datetime(2026, 1, 5, tzinfo=UTC))
    log(instance=case, action="wagtail.edit", user=two, timestamp=datetime(2026, 2, 5, tzinfo=UTC), uuid=key)
    log(instance=make_team("uga"), action="cases.term.merge", user=two, timestamp=datetime(2026, 3, 5, tzinfo=UTC))
    asked = {
        "": ["Team uga", "Wells", "Wells"],
        f"?user={one.pk}": ["Wells"],
        "?action=wagtail.lock": ["Wells"],
        "?action=wagtail.lock&action=cases.term.merge": ["Team uga", "Wells"],
        "?label=well": ["Wells", "Wells"],
        "?timestamp_from=2026-02-01": ["Team uga", "Wells"],
        "?timestamp_from=2026-02-01&timestamp_to=2026-02-28": ["Wells"],
        f"?group={key}": ["Wells"],
    }
    for query, expected in asked.items():
        assert labels(editor, query) == expected, query
    assert editor.get(f"{LOG}?group=nonsense&user=x&timestamp_from=never&action=?").status_code == 200


def test_own_actions_are_read_whatever_they_were_done_to(ethics: Client) -> None:
    log(instance=make_team("uga"), action="cases.bulk.due", user=somebody())
    assert "Team uga" in labels(ethics)


def test_a_deleted_thing_keeps_its_line_without_a_link(editor: Client) -> None:
    case = make_case(title="Gone", live=False)
    pk = case.pk
    log(instance=case, action="wagtail.edit", user=somebody())
    case.delete()
    text = editor.get(f"{LOG}?label=Gone").content.decode()
    assert "Gone" in text
    assert f"/admin/pages/{pk}/edit/" not in text


def test_every_action_of_bulk_work_has_a_name() -> None:
    seen: dict[str, str] = {}

    class Names:
        def register_action(self, name: str, label: str, _message: str) -> None:
            seen[name] = label

    register_actions(Names())
    assert seen
    for name in seen:
        assert registry.action_exists(name)


def test_lines_of_one_moment_keep_their_order_over_pages(editor: Client) -> None:
    case, now = make_case(title="Many"), datetime(2026, 1, 5, tzinfo=UTC)
    for _ in range(120):
        log(instance=case, action="wagtail.edit", user=None, timestamp=now)
    seen = [row["Key of the object"] for row in read_csv(editor, f"{LOG}?label=Many&action=wagtail.edit")]
    assert len(seen) >= 120
    pages = "".join(editor.get(f"{LOG}?label=Many&action=wagtail.edit&p={page}").content.decode() for page in (1, 2, 3))
    assert pages.count(f"/admin/pages/{case.pk}/edit/") >= 120
