"""Accounts of teams and editors."""

from __future__ import annotations

from django.test import Client

import pytest

from accounts.models import User
from tests.cases.editor.conftest import sign_in
from tests.factories.entries import make_team


@pytest.fixture
def expert(repository: None) -> Client:
    """An expert of the team of Kenya."""
    make_team("ken")
    return sign_in("expert@example.org", "team:ken")


@pytest.fixture
def editor(repository: None) -> Client:
    return sign_in("editor@example.org", "Editors")


def account(email: str) -> User:
    """The account that signed in with this address."""
    return User.objects.get(email=email)
