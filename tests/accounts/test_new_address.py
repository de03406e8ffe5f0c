"""People change their own e-mail address: proved by a link that is mailed to it."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from accounts.forms import MOST_ADDRESSES
from accounts.models import AddressChange, User
from accounts.models.address_changes import LINK_LIFETIME
from accounts.roles import REVIEWERS
from tests.accounts.conftest import Links

pytestmark = pytest.mark.usefixtures("repository")
OLD, NEW, PASSWORD = "amina@example.org", "amina@example.net", "a-long-enough-password"
ACCOUNT = reverse("wagtailadmin_account")
SETTINGS = {
    "name_email-first_name": "Amina",
    "name_email-last_name": "Odhiambo",
    "locale-preferred_language": "en",
    "locale-current_time_zone": "Africa/Nairobi",
    "theme-theme": "system",
    "theme-contrast": "system",
    "theme-density": "default",
}


def member(email: str) -> Client:
    user = User.objects.create_user(email, PASSWORD, first_name="Amina", last_name="Odhiambo")
    user.groups.add(Group.objects.get(name=REVIEWERS))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def amina() -> Client:
    return member(OLD)


def ask(client: Client, email: str = NEW, password: str = PASSWORD) -> int:
    """Send the page of the account: 302 when everything on it was right."""
    return client.post(ACCOUNT, {**SETTINGS, "address-email": email, "address-password": password}).status_code


def email_of() -> set[str]:
    return set(User.objects.values_list("email", flat=True))


def test_the_link_changes_the_address_once_and_the_old_one_is_told(amina: Client, links: Links) -> None:
    (link,) = links(lambda: ask(amina))
    assert mail.outbox[-1].to == [NEW]
    assert NEW in amina.get(link).content.decode()
    assert email_of() == {OLD}, "looking changes nothing"
    links(lambda: amina.post(link))
    assert email_of() == {NEW}
    assert mail.outbox[-1].to == [OLD]
    assert NEW in str(mail.outbox[-1].body)
    assert amina.get(link).status_code == amina.post(link).status_code == 410
    assert Client().login(username=NEW, password=PASSWORD)
    assert not Client().login(username=OLD, password=PASSWORD)


def test_the_link_is_of_use_to_its_own_person_alone(amina: Client, links: Links) -> None:
    (link,) = links(lambda: ask(amina))
    other = member("other@example.org")
    assert other.post(link).status_code == 410
    assert Client().post(link).headers["Location"].startswith(reverse("wagtailadmin_login"))
    assert email_of() == {OLD, "other@example.org"}


def test_a_newer_link_and_time_make_it_void(amina: Client, links: Links) -> None:
    (first,), (second,) = links(lambda: ask(amina)), links(lambda: ask(amina, "third@example.org"))
    assert amina.post(first).status_code == 410
    AddressChange.objects.update(asked_at=timezone.now() - LINK_LIFETIME - timedelta(minutes=1))
    assert amina.post(second).status_code == 410
    assert email_of() == {OLD}


def test_without_the_password_nothing_is_asked(amina: Client, links: Links) -> None:
    assert not links(lambda: ask(amina, password="wrong"))
    assert not links(lambda: ask(amina, OLD.upper()))
    assert not links(lambda: ask(amina, "no address"))
    assert ask(amina, "") == 302, "who asks for no other address needs none"


def test_passwords_are_not_tried_without_end(amina: Client, links: Links) -> None:
    for _ in range(MOST_ADDRESSES):
        assert ask(amina, password="wrong") == 200
    assert not links(lambda: ask(amina))


def test_an_address_that_has_an_account_is_not_told_of(amina: Client, links: Links) -> None:
    member("Other@example.org")
    assert not links(lambda: ask(amina, "other@EXAMPLE.org"))
    (link,) = links(lambda: ask(amina))
    member(NEW.upper())
    answer = amina.post(link, follow=True)
    assert "exists already" in answer.content.decode()
    assert OLD in email_of()
