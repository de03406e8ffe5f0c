"""Accounts at the editor's door."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.test import Client

import pytest

from accounts.models import User
from tests.factories.entries import make_team


def sign_in(email: str, *groups: str, superuser: bool = False) -> Client:
    """A client signed in as a new account of these groups."""
    user = User.objects.create(email=email, is_superuser=superuser)
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(repository: None) -> Client:
    return sign_in("editor@example.org", "Editors")


@pytest.fixture
def expert(repository: None) -> Client:
    """An expert of the team of Kenya."""
    make_team("ken")
    return sign_in("expert@example.org", "team:ken")


@pytest.fixture
def moderator(repository: None) -> Client:
    return sign_in("ethics@example.org", "Ethics moderators")


@pytest.fixture
def admin(repository: None) -> Client:
    return sign_in("admin@example.org", superuser=True)
