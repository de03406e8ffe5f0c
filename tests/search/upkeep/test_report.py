"""Editors and operators see how the index is; editors give what was set aside another chance."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.test import Client

import pytest

from accounts.demo import create_demo_accounts
from accounts.models import User
from search.upkeep.models import MAX_ATTEMPTS, IndexChange
from tests.factories.entries import make_case
from tests.search.memory_engine import MemoryEngine

ADDRESS = "/admin/reports/search-index/"
pytestmark = pytest.mark.usefixtures("repository")


def signed_in(client: Client, name: str) -> Client:
    create_demo_accounts()
    client.force_login(User.objects.get(email=f"{name}@example.org"))
    return client


def set_aside(number: int) -> None:
    for _ in range(number):
        make_case(title="Hard to read")
    IndexChange.objects.update(attempts=MAX_ATTEMPTS, failed_reason="ValueError: no")


def test_an_editor_sees_and_retries(client: Client, engine: MemoryEngine) -> None:
    call_command("rebuild_index", verbosity=0)
    set_aside(1)
    editor = signed_in(client, "editor")
    text = editor.get(ADDRESS).content.decode()
    assert "memory" in text
    assert "Hard to read" in text
    assert "ValueError: no" in text
    assert "tried again" in editor.post(ADDRESS, follow=True).content.decode()
    assert IndexChange.objects.waiting().exists()


def test_an_expert_does_not(client: Client, engine: MemoryEngine) -> None:
    set_aside(1)
    expert = signed_in(client, "expert-ken")
    assert expert.get(ADDRESS).status_code == 302
    expert.post(ADDRESS)
    assert IndexChange.objects.set_aside().exists()


def test_sql_does_not_grow_with_rows(
    client: Client, engine: MemoryEngine, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    editor = signed_in(client, "editor")
    set_aside(1)
    editor.get(ADDRESS)
    with django_assert_max_num_queries(60) as few:
        editor.get(ADDRESS)
    set_aside(6)
    with django_assert_num_queries(len(few)):
        editor.get(ADDRESS)


def test_a_rebuild_that_runs_tells_how_far_it_is(client: Client, engine: MemoryEngine) -> None:
    make_case()
    editor, seen = signed_in(client, "editor"), []
    engine.before_put = lambda _documents: seen.append(editor.get(ADDRESS).content.decode())
    call_command("rebuild_index", verbosity=0)
    assert "0 / 1 (0/s)" in seen[0]
    assert "/s)" not in editor.get(ADDRESS).content.decode()


def test_readyz_tells_of_the_engine(client: Client, engine: MemoryEngine) -> None:
    call_command("rebuild_index", verbosity=0)
    make_case()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert answer.json()["search"]["engine"] == "memory"
    assert answer.json()["search"]["waiting"] > 0
    engine.documents = None
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert "no index" in answer.json()["search"]["detail"]
