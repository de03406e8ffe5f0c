"""Signing in by e-mail address, the roles and their rights, the demo accounts."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from wagtail.models import GroupPagePermission, Workflow

import pytest

from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD, create_demo_accounts
from accounts.models import User
from accounts.roles import EDITORS, ETHICS, REVIEWERS

pytestmark = pytest.mark.usefixtures("repository")
PASSWORD = "a-long-enough-password"


def sign_in(client: Client, email: str, password: str = PASSWORD) -> bool:
    client.post(reverse("wagtailadmin_login"), {"username": email, "password": password})
    return "_auth_user_id" in client.session


def test_people_sign_in_with_their_address_in_any_case(client: Client) -> None:
    user = User.objects.create_user("Amina@Example.org", PASSWORD)
    user.groups.add(Group.objects.get(name=REVIEWERS))
    assert sign_in(client, "amina@example.ORG")


def test_a_wrong_password_does_not_sign_in(client: Client) -> None:
    User.objects.create_user("amina@example.org", PASSWORD)
    assert not sign_in(client, "amina@example.org", "something-else-entirely")


def test_an_address_is_one_account_whatever_its_case() -> None:
    User.objects.create_user("amina@example.org", PASSWORD)
    with pytest.raises(IntegrityError):
        User.objects.create_user("AMINA@example.org", PASSWORD)


def test_an_account_needs_an_address() -> None:
    with pytest.raises(ValueError, match="e-mail address"):
        User.objects.create_user("")


def test_an_administrator_makes_an_account_in_the_admin(client: Client) -> None:
    client.force_login(User.objects.create_superuser("admin@example.net", PASSWORD))
    form = {
        "email": "new@example.org",
        "first_name": "New",
        "last_name": "Person",
        "password1": "quite-a-good-secret",
        "password2": "quite-a-good-secret",
        "groups": [Group.objects.get(name=REVIEWERS).pk],
    }
    response = client.post(reverse("wagtailusers_users:add"), form)
    assert response.status_code == 302, response.context["form"].errors
    assert User.objects.get(email="new@example.org").groups.get().name == REVIEWERS


def test_an_administrator_is_told_that_an_address_is_taken(client: Client) -> None:
    client.force_login(User.objects.create_superuser("admin@example.net", PASSWORD))
    User.objects.create_user("new@example.org")
    form = {
        "email": "NEW@example.org",
        "first_name": "A",
        "last_name": "B",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    response = client.post(reverse("wagtailusers_users:add"), form)
    assert response.status_code == 200
    assert "exists already" in response.content.decode()


def test_wagtails_own_roles_and_workflow_are_gone() -> None:
    assert not Group.objects.filter(name="Moderators").exists()
    assert not Workflow.objects.filter(name="Moderators approval").exists()


@pytest.mark.parametrize(
    ("role", "pages", "terms"),
    [
        (EDITORS, {"add_page", "change_page", "publish_page", "lock_page", "unlock_page"}, True),
        (ETHICS, {"change_page"}, False),
        (REVIEWERS, set(), False),
    ],
)
def test_each_role_has_its_rights(role: str, pages: set[str], terms: bool) -> None:
    group = Group.objects.get(name=role)
    granted = GroupPagePermission.objects.filter(group=group).values_list("permission__codename", flat=True)
    assert set(granted) == pages
    assert group.permissions.filter(codename="access_admin").exists()
    assert group.permissions.filter(codename="change_term").exists() is terms


def test_a_second_migration_changes_no_rights() -> None:
    def rights() -> set[tuple[str, str]]:
        return set(Group.objects.values_list("name", "permissions__codename"))

    before = rights()
    call_command("migrate", verbosity=0)
    assert rights() == before


def test_there_is_a_demo_account_for_each_role(client: Client) -> None:
    create_demo_accounts()
    create_demo_accounts()
    assert User.objects.count() == len(DEMO_ACCOUNTS)
    for account in DEMO_ACCOUNTS:
        assert sign_in(Client(), account.email, DEMO_PASSWORD), account.email


def test_demo_accounts_are_refused_elsewhere(settings) -> None:
    settings.DEMO_ACCOUNTS = False
    with pytest.raises(ImproperlyConfigured):
        create_demo_accounts()
    assert not User.objects.exists()


def test_people_may_change_their_name_but_upload_no_portrait(client: Client) -> None:
    user = User.objects.create_user("amina@example.org", PASSWORD)
    user.groups.add(Group.objects.get(name=REVIEWERS))
    client.force_login(user)
    page = client.get(reverse("wagtailadmin_account"))
    assert page.status_code == 200
    assert 'name="avatar-avatar"' not in page.content.decode()
    assert 'name="name_email-first_name"' in page.content.decode()


def test_the_account_page_asks_strangers_to_sign_in(client: Client) -> None:
    assert client.get(reverse("wagtailadmin_account")).status_code == 302
