"""From the outbox to the mail server. A mail is taken, sent, then marked: what fails is tried again, later and later.

A process that is killed between the server's answer and the mark sends that one mail again; it carries the same
Message-ID, by which mail programs know it for the same.
"""

from __future__ import annotations

import logging
import smtplib
import socket
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from core.mailing.models import QueuedMail

logger = logging.getLogger(__name__)
LEASE: Final = timedelta(minutes=10)
"""How long a mail belongs to the process that took it."""
PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 1440))
"""Before the second try, the third and so on; after the last the mail is set aside."""
BATCH: Final = 200
AT_ONCE: Final = 20
"""What a request delivers at most after its own commit; the rest is for the worker."""
PERMANENT: Final = 500
KEPT: Final = timedelta(days=30)


def deliver_soon(keys: Iterable[int]) -> int:
    """Deliver mails that were written just now; of many, the first few."""
    return _deliver(list(keys)[:AT_ONCE])


def deliver_due() -> int:
    """Deliver all that is due and return how many the server took; a chore."""
    total = 0
    while keys := list(QueuedMail.objects.due().order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH]):
        delivered = _deliver(keys)
        total += delivered
        if not delivered:
            break
    return total


def forget_old() -> int:
    """Delete mails that were delivered a while ago; a chore."""
    return QueuedMail.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()[0]


def retry() -> int:
    """Give everything that was set aside another chance; returns how many."""
    again = QueuedMail.objects.set_aside()
    return again.update(set_aside_at=None, attempts=0, due_at=timezone.now(), trouble="")


def _deliver(keys: Iterable[int]) -> int:
    delivered = 0
    connection = get_connection()
    try:
        for key in keys:
            mail = _take(key)
            if mail is None:
                continue
            try:
                connection.open()
                connection.send_messages([_message(mail)])
            except Exception as error:  # noqa: BLE001 - a server may fail in any way; the mail is kept, with the reason
                connection.close()
                _failed(mail, error)
                if _is_of_server(error):
                    break
            else:
                _sent(mail)
                delivered += 1
    finally:
        connection.close()
    return delivered


def _take(key: int) -> QueuedMail | None:
    """Take a due mail: of all processes that try, one changes the row."""
    taken = QueuedMail.objects.due().filter(pk=key).update(due_at=timezone.now() + LEASE)
    return QueuedMail.objects.filter(pk=key).first() if taken else None


def _message(mail: QueuedMail) -> EmailMessage:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {
        "Message-ID": f"<mail-{mail.pk}-{mail.created_at:%Y%m%d%H%M%S}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
    headers |= {"Content-Language": mail.language, **mail.headers}
    return EmailMessage(mail.subject, mail.body, to=[mail.address], headers=headers)


def _sent(mail: QueuedMail) -> None:
    QueuedMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), body="", headers={}, trouble="")


def _failed(mail: QueuedMail, error: Exception) -> None:
    now, attempts = timezone.now(), mail.attempts + 1
    over = attempts > len(PAUSES) or _is_permanent(error)
    logger.warning("Mail %d (%s) was not delivered, try %d: %s", mail.pk, mail.kind, attempts, type(error).__name__)
    changes: dict[str, Any] = {"set_aside_at": now} if over else {"due_at": now + PAUSES[attempts - 1]}
    trouble = f"{type(error).__name__}: {error}"[:300]
    QueuedMail.objects.filter(pk=mail.pk).update(attempts=attempts, trouble=trouble, **changes)


def _is_permanent(error: Exception) -> bool:
    """Whether the server said that this mail will never pass."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _reason in error.recipients.values())
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= PERMANENT


def _is_of_server(error: Exception) -> bool:
    """Whether the server itself is in trouble, so that the next mail would fare no better."""
    troubles = (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPAuthenticationError)
    return isinstance(error, (*troubles, socket.gaierror, ConnectionError, TimeoutError))
