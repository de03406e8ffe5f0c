"""Asking for what can be taken away, as a program does."""

from __future__ import annotations

from typing import Any

from django.test import Client

import pytest


@pytest.fixture(autouse=True)
def _database_engine(settings: Any, repository: None) -> None:
    """The engine that needs no index: what is found is proved in tests/contract."""
    settings.SEARCH_ENGINE = "database"


def get(address: str, status: int = 200, **headers: str) -> Any:
    answer = Client().get(address, headers=headers)
    assert answer.status_code == status, answer.content[:400]
    return answer


def body(address: str) -> bytes:
    answer = get(address)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content
