"""Lists of the admin ask as much of the database for a thousand cases as for ten."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from accounts.models import User
from cases.desk.audit import AuditList
from cases.desk.lists import address_name
from cases.desk.registry import places
from cases.workflow.models import Submission
from tests.cases.editor.conftest import sign_in
from tests.factories.entries import make_team, team_page
from tests.factories.many import make_many, submit_many

pytestmark = pytest.mark.usefixtures("repository")
MOST = 60


def people(number: int) -> list[User]:
    """Authors who differ, so that each row has another."""
    users = [User.objects.create(email=f"author-{n}@example.org") for n in range(number)]
    for user in users:
        user.groups.add(Group.objects.get(name="team:ken"))
    return users


def fill(number: int, authors: list[User]) -> None:
    """Cases, of which those that are not public were submitted; one of four of these is claimed."""
    rows = submit_many([case for case in make_many(number, authors) if not case.live], authors)
    for place, row in enumerate(rows):
        if place % 4 == 0:
            row.claimed_by, row.claimed_at = authors[place % len(authors)], timezone.now()
    Submission.objects.bulk_update(rows, ["claimed_by", "claimed_at"])


def addresses() -> list[str]:
    views = [view for place in places() for view in (place.view, *place.more)]
    # The log asks once for each kind of thing on its page: only lines of one kind can be compared.
    lists = [reverse(address_name(view.name)) + ("?label=Many" if view is AuditList else "") for view in views]
    return ["/admin/", "/admin/desk/", *lists]


def explorer() -> list[str]:
    """Wagtail's own lists of entries: below a team, and its search."""
    parent = team_page(make_team("ken")).pk
    below = reverse("wagtailadmin_explore", args=[parent])
    return [below, f"{below}?ordering=title", f"{below}?q=many", "/admin/pages/search/?q=many"]


def queries(client: Client, address: str) -> list[str]:
    """The SQL of the second view: the first fills caches."""
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return [entry["sql"] for entry in captured.captured_queries]


def test_sql_is_the_same_at_10_and_1000_cases() -> None:
    editor, expert = sign_in("editor@example.org", "Editors"), sign_in("expert@example.org", "team:ken")
    asked = [(editor, address) for address in [*addresses(), *explorer()]]
    asked += [(expert, address) for address in ["/admin/", *explorer()]]
    authors = people(80)
    authors[1] = User.objects.get(email="expert@example.org")  # so that something of the expert's waits, too
    fill(10, authors)
    few = [queries(client, address) for client, address in asked]
    fill(990, authors)
    problems = []
    for (client, address), before in zip(asked, few, strict=True):
        after = queries(client, address)
        who = "editor" if client is editor else "expert"
        if len(after) != len(before) or len(after) > MOST:
            new = [sql[:300] for sql in after if sql not in before][:5]
            problems.append(f"{who} {address}: {len(before)} -> {len(after)}\n" + "\n".join(new))
    assert not problems, "\n\n".join(problems)
