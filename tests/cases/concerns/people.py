"""Accounts in groups, for tests of who may do what."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User

ADMIN = "wagtailadmin.access_admin"


def make_user(name: str, *groups: str, superuser: bool = False) -> User:
    """An account `name@example.org` in these groups."""
    user = User.objects.create_user(f"{name}@example.org", is_superuser=superuser)
    user.groups.set([Group.objects.get(name=group) for group in groups])
    return user


def client_of(user: User) -> Client:
    """A browser in which the account is signed in."""
    client = Client()
    client.force_login(user)
    return client
