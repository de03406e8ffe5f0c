"""What people do about their own account: a forgotten password, language, time zone and mails."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse

from wagtail.users.models import UserProfile

import pytest

from accounts.models import MailRefusal, User
from accounts.roles import REVIEWERS
from core import mailing
from core.mailing.models import QueuedMail
from tests.accounts.conftest import Links

pytestmark = pytest.mark.usefixtures("repository")
PASSWORD, NEW = "a-long-enough-password", "another-good-password"
ASK = reverse("wagtailadmin_password_reset")


@pytest.fixture
def amina() -> User:
    user = User.objects.create_user("amina@example.org", PASSWORD, first_name="Amina", last_name="Odhiambo")
    user.groups.add(Group.objects.get(name=REVIEWERS))
    UserProfile.objects.create(user=user, preferred_language="fr")
    return user


def test_a_forgotten_password_is_set_anew_with_the_mailed_link(amina: User, client: Client, links: Links) -> None:
    link = links(lambda: client.post(ASK, {"email": "AMINA@example.org"}))[0]
    assert mail.outbox[0].to == ["amina@example.org"]
    assert QueuedMail.objects.get().language == "fr"
    form = client.get(link, follow=True)
    assert form.status_code == 200
    client.post(form.redirect_chain[-1][0], {"new_password1": NEW, "new_password2": NEW})
    amina.refresh_from_db()
    assert amina.check_password(NEW)
    assert client.login(username="amina@example.org", password=NEW)
    used = client.get(link, follow=True)
    assert 'name="new_password1"' not in used.content.decode(), "the link works once"


def test_an_unknown_address_gets_the_same_answer_and_no_mail(amina: User, client: Client, links: Links) -> None:
    known = client.post(ASK, {"email": "amina@example.org"})
    unknown = client.post(ASK, {"email": "nobody@example.org"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert QueuedMail.objects.count() == 1


def settings_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_language_time_zone_and_mails_are_chosen_on_one_page(amina: User) -> None:
    mailing.register_kind("test-choice", "Things of the test", optional=True)
    mailing.register_kind("test-needed", "Needed things", optional=False)
    client = settings_of(amina)
    url = reverse("wagtailadmin_account")
    page = client.get(url).content.decode()
    assert "Things of the test" in page
    assert "Needed things" not in page
    assert 'name="name_email-email"' not in page, "an address is changed by a link that is mailed to it"
    answers = {
        "name_email-first_name": "Amina",
        "name_email-last_name": "O.",
        "locale-preferred_language": "es",
        "locale-current_time_zone": "Africa/Nairobi",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    assert client.post(url, answers).status_code == 302
    profile = UserProfile.objects.get(user=amina)
    assert (profile.preferred_language, profile.current_time_zone) == ("es", "Africa/Nairobi")
    assert MailRefusal.objects.filter(user=amina, kind="test-choice").exists()
    assert client.post(url, {**answers, "mails-wanted": ["test-choice"]}).status_code == 302
    assert not MailRefusal.objects.filter(user=amina, kind="test-choice").exists()
    assert client.post(url, {**answers, "mails-wanted": ["test-needed"]}).status_code == 200
