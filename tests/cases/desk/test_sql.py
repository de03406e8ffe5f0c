"""Lists of the admin ask as much of the database for a thousand cases as for ten."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from accounts.models import User
from cases.desk.lists import address_name
from cases.desk.registry import places
from tests.cases.editor.conftest import sign_in
from tests.factories.entries import make_team, team_page
from tests.factories.many import make_many

pytestmark = pytest.mark.usefixtures("repository")
MOST = 60


def people(number: int) -> list[User]:
    """Authors who differ, so that each row has another."""
    users = [User.objects.create(email=f"author-{n}@example.org") for n in range(number)]
    for user in users:
        user.groups.add(Group.objects.get(name="team:ken"))
    return users


def addresses() -> list[str]:
    views = [view for place in places() for view in (place.view, *place.more)]
    lists = [reverse(address_name(view.name)) for view in views]
    results = [f"{address}results/?ordering=title" for address in lists]
    return ["/admin/", "/admin/desk/", *lists, *results]


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
    asked += [(expert, address) for address in explorer()]
    authors = people(60)
    make_many(10, authors)
    few = [queries(client, address) for client, address in asked]
    make_many(990, authors)
    problems = []
    for (client, address), before in zip(asked, few, strict=True):
        after = queries(client, address)
        who = "editor" if client is editor else "expert"
        if len(after) != len(before) or len(after) > MOST:
            new = [sql[:300] for sql in after if sql not in before][:5]
            problems.append(f"{who} {address}: {len(before)} -> {len(after)}\n" + "\n".join(new))
    assert not problems, "\n\n".join(problems)
