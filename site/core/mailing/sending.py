"""Writing mails into the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.db import transaction

from core.mailing.delivery import deliver_soon
from core.mailing.kinds import kind as kind_named
from core.mailing.models import QueuedMail
from core.mailing.recipients import Account, Address, recipients
from core.mailing.rendering import plain, render
from core.mailing.unsubscribing import headers_for, unsubscribe_url


def send(kind: str, to: Iterable[Account | Address | str], context: Mapping[str, Any], about: str = "") -> int:
    """Write one mail to each recipient into the outbox and return how many; delivered after the commit.

    Belongs to the transaction of the caller: rolled back with it. Each is drawn from `mail/{kind}.txt` in the
    recipient's language; values are plain texts, numbers, dates or lists of them, addresses absolute (`absolute`).
    `about` is for operators, such as a reference. Closed accounts, and for optional kinds those who refuse them, get
    none. Raises `LookupError` for an unknown kind, `TypeError` for a value that is not plain.
    """
    found = kind_named(kind)
    mails = []
    for one in recipients(found, to):
        unsubscribe = unsubscribe_url(one.account, found) if found.optional else ""
        subject, body = render(found, one, context, unsubscribe)
        mails.append(
            QueuedMail(
                kind=kind,
                recipient=one.account,
                address=one.email,
                language=one.language,
                subject=subject,
                body=body,
                headers=headers_for(unsubscribe),
                about=plain(about)[:200],
            )
        )
    written = QueuedMail.objects.bulk_create(mails)
    if written:
        transaction.on_commit(partial(deliver_soon, [mail.pk for mail in written]), robust=True)
    return len(written)
