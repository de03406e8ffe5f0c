"""The outbox of mails: one with the transaction that it tells of, delivered after it, kept while the server fails."""

from __future__ import annotations

from collections.abc import Callable
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.test import Client
from django.utils import timezone

from wagtail.users.models import UserProfile

import pytest

from accounts.models import User
from core import mailing
from core.mailing.delivery import LEASE, PAUSES, deliver_due, forget_old, retry
from core.mailing.models import QueuedMail

TEMPLATES = {
    "test-news": "News of {{ title }}\n\nDear {{ recipient_name }},\n\n\n\n{{ title }} at {{ when|time:'H:i' }}\n",
    "test-notice": "{% load i18n %}{% translate 'Password' %} {{ title }}\nBody\n",
}


@pytest.fixture(autouse=True)
def kinds(settings: Any) -> None:
    texts = {f"mail/{name}.txt": text for name, text in TEMPLATES.items()}
    engine = settings.TEMPLATES[0]
    loaders = [f"django.template.loaders.{name}.Loader" for name in ("filesystem", "app_directories")]
    options = {**engine["OPTIONS"], "loaders": [("django.template.loaders.locmem.Loader", texts), *loaders]}
    settings.TEMPLATES = [{**engine, "APP_DIRS": False, "OPTIONS": options}]
    mailing.register_kind("test-news", "News", optional=True)
    mailing.register_kind("test-notice", "Notices", optional=False)


@pytest.fixture
def amina(db: None) -> User:
    user = User.objects.create_user("amina@example.org", "x", first_name="Amina", last_name="Odhiambo")
    UserProfile.objects.create(user=user, preferred_language="fr", current_time_zone="Africa/Nairobi")
    return user


class RefusingBackend(EmailBackend):
    """A mail server that is away."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("away")


class ChoosyBackend(EmailBackend):
    """A mail server that has trouble with one mail only."""

    def send_messages(self, messages: Any) -> int:
        if messages[0].to == ["amina@example.org"]:
            raise OSError("disk full")
        return super().send_messages(messages)


class NoSuchUserBackend(EmailBackend):
    """A mail server that says that there is no such mailbox."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})


class BusyBackend(EmailBackend):
    """A mail server that asks to come again later."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPRecipientsRefused({messages[0].to[0]: (451, b"greylisted")})


def backend(of: type) -> str:
    return f"{of.__module__}.{of.__qualname__}"


NEWS = {"title": "Water", "when": timezone.now().replace(hour=9, minute=30)}


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_mailed(amina: User) -> None:
    with transaction.atomic():
        assert mailing.send("test-notice", [amina], {"title": "Water"}) == 1
        transaction.set_rollback(True)
    assert mail.outbox == []
    assert not QueuedMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_is_mailed_once_and_its_text_forgotten(amina: User) -> None:
    with transaction.atomic():
        assert mailing.send("test-notice", [amina, "guest@example.org", "Guest@example.org"], {"title": "Water"}) == 2
        assert mail.outbox == []
    assert [message.to for message in mail.outbox] == [["amina@example.org"], ["guest@example.org"]]
    deliver_due()
    assert len(mail.outbox) == 2
    assert set(QueuedMail.objects.values_list("body", flat=True)) == {""}


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_fails_is_kept_and_sent_once_when_the_server_is_back(amina: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = backend(RefusingBackend)
    mailing.send("test-notice", [amina], {"title": "Water"})
    kept = QueuedMail.objects.get()
    assert (kept.attempts, kept.trouble, kept.sent_at) == (1, "ConnectionRefusedError: away", None)
    assert kept.due_at > timezone.now()
    assert deliver_due() == 0, "it waits before it is tried again"
    settings.EMAIL_BACKEND = backend(EmailBackend)
    QueuedMail.objects.update(due_at=timezone.now())
    assert (deliver_due(), deliver_due()) == (1, 0)
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_one_mail_in_trouble_holds_up_no_other(amina: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = backend(ChoosyBackend)
    mailing.send("test-notice", [amina, "guest@example.org"], {"title": "Water"})
    assert [message.to for message in mail.outbox] == [["guest@example.org"]]


def test_after_some_tries_a_mail_is_set_aside_and_gets_another_chance(amina: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = backend(RefusingBackend)
    mailing.send("test-notice", [amina], {"title": "Water"})
    for _ in range(len(PAUSES) + 1):
        assert not QueuedMail.objects.set_aside().exists()
        QueuedMail.objects.update(due_at=timezone.now())
        deliver_due()
    assert QueuedMail.objects.set_aside().get().trouble == "ConnectionRefusedError: away"
    settings.EMAIL_BACKEND = backend(EmailBackend)
    assert (retry(), deliver_due()) == (1, 1)


@pytest.mark.parametrize(("server", "given_up"), [(NoSuchUserBackend, True), (BusyBackend, False)])
def test_what_the_server_refuses_for_good_is_not_tried_again(
    server: type, given_up: bool, amina: User, settings: Any
) -> None:
    settings.EMAIL_BACKEND = backend(server)
    mailing.send("test-notice", [amina], {"title": "Water"})
    deliver_due()
    assert QueuedMail.objects.set_aside().exists() is given_up


def test_a_mail_that_another_process_took_is_left_to_it(amina: User) -> None:
    mailing.send("test-notice", [amina], {"title": "Water"})
    QueuedMail.objects.update(due_at=timezone.now() + LEASE)
    assert deliver_due() == 0
    assert mail.outbox == []


def test_old_mails_are_forgotten(amina: User) -> None:
    mailing.send("test-notice", [amina], {"title": "Water"})
    deliver_due()
    assert forget_old() == 0
    QueuedMail.objects.update(sent_at=timezone.now() - timezone.timedelta(days=31))
    assert forget_old() == 1


def test_it_is_drawn_in_the_language_and_time_zone_of_its_recipient(amina: User) -> None:
    mailing.send("test-news", [amina], NEWS)
    mailing.send("test-notice", [amina, mailing.Address("g@example.org", language="es")], {"title": "Water"})
    news, french, spanish = QueuedMail.objects.order_by("pk")
    assert "Water at 12:30" in news.body
    assert "Dear Amina Odhiambo," in news.body
    assert (french.subject, spanish.subject) == ("Mot de passe Water", "Contraseña Water")


@pytest.mark.parametrize("name", ["a\r\nBcc: x@example.org", "a\nBcc: x@example.org", "a\u2028Bcc: x@example.org"])
def test_no_name_or_title_can_add_a_header(amina: User, name: str) -> None:
    amina.first_name = name
    mailing.send("test-news", [amina], {**NEWS, "title": name})
    deliver_due()
    message = mail.outbox[0].message()
    assert message["Bcc"] is None
    assert message["To"] == "amina@example.org"
    assert "\n" not in mail.outbox[0].subject


def test_the_text_is_plain_and_well_formed(amina: User) -> None:
    mailing.send("test-news", [amina], {**NEWS, "title": "Water & <b>rights</b>"})
    queued = QueuedMail.objects.get()
    assert queued.subject == "News of Water & <b>rights</b>"
    assert "\n\n\n" not in queued.body
    assert "\n\n-- \n" in queued.body
    assert "http://testserver" in queued.body


def test_what_is_not_plain_is_refused(amina: User) -> None:
    with pytest.raises(TypeError, match="User cannot stand in a mail"):
        mailing.send("test-notice", [amina], {"title": amina})
    with pytest.raises(LookupError, match=r"No kind of mail is called 'unknown'; known: .*test-news"):
        mailing.send("unknown", [amina], {})
    with pytest.raises(TypeError, match="goes to accounts only"):
        mailing.send("test-news", ["guest@example.org"], NEWS)


def test_a_closed_account_gets_no_mail(amina: User) -> None:
    amina.is_active = False
    assert mailing.send("test-notice", [amina], {"title": "Water"}) == 0


def test_many_recipients_take_no_more_queries(amina: User, django_assert_num_queries: Callable[..., Any]) -> None:
    few = [amina]
    many = [User.objects.create_user(f"u{number}@example.org") for number in range(20)]
    for to in (few, many):
        with django_assert_num_queries(3):
            mailing.send("test-news", to, NEWS)


def stop_link() -> str:
    return mail.outbox[-1].extra_headers["List-Unsubscribe"].strip("<>")


def test_an_optional_mail_is_refused_with_one_click_and_without_signing_in(amina: User, client: Client) -> None:
    mailing.send("test-news", [amina], NEWS)
    deliver_due()
    assert mail.outbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = stop_link()
    assert link.startswith("http://testserver/mail/stop/")
    assert link in mail.outbox[0].body
    asked = client.get(link)
    assert asked.status_code == 200
    assert mailing.send("test-news", [amina], NEWS) == 1, "looking changes nothing"
    once = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})
    assert once.status_code == 200
    assert mailing.send("test-news", [amina], NEWS) == 0
    assert mailing.send("test-notice", [amina], {"title": "Water"}) == 1, "only that kind"
    client.post(link, {"again": "1"})
    assert mailing.send("test-news", [amina], NEWS) == 1


def test_a_needed_mail_cannot_be_refused(amina: User) -> None:
    mailing.send("test-notice", [amina], {"title": "Water"})
    deliver_due()
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_a_false_token_stops_nothing(amina: User, client: Client) -> None:
    mailing.send("test-news", [amina], NEWS)
    deliver_due()
    link = stop_link()
    assert client.post(link[:-2] + "x/").status_code == 404
    assert client.post(link, {}).status_code == 200
    amina.delete()
    assert client.post(link, {}).status_code == 200
