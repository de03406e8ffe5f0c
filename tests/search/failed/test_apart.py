"""Failed searches are written by a thread of their own, whose trouble is nobody else's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from django.test import Client

import pytest

from search.failed.models import FailedSearch
from search.failed.noting import THREAD, forget
from tests.conftest import load_base

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _at_once(settings: Any) -> Iterator[None]:
    load_base()
    forget()
    settings.FAILED_SEARCHES_WRITTEN_AFTER = 0
    yield
    finish()


def finish() -> None:
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join()


def test_what_was_counted_is_written(client: Client) -> None:
    client.get("/en/search/?q=zzyzx")
    finish()
    assert FailedSearch.objects.get().requests == 1


def test_a_search_is_answered_though_nothing_can_be_written(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FailedSearch._meta, "db_table", "not_there")
    assert client.get("/en/search/?q=zzyzx").status_code == 200
    finish()
    monkeypatch.undo()
    assert not FailedSearch.objects.exists()
    client.get("/en/search/?q=zzyzx")
    finish()
    assert FailedSearch.objects.exists()
