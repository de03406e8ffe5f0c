"""Which optional mails people do not want; asked by `core.mailing` before it writes one."""

from __future__ import annotations

from collections.abc import Collection, Set
from typing import Any

from accounts.models import MailRefusal, User


def refused(kind: str, keys: Collection[Any]) -> Set[Any]:
    """Of these accounts, those who refuse the kind; one SQL."""
    return set(MailRefusal.objects.filter(kind=kind, user__in=keys).values_list("user_id", flat=True))


def refuse(key: Any, kind: str) -> None:
    """Send this account no more of the kind; nothing happens when the account is gone."""
    if User.objects.filter(pk=key).exists():
        MailRefusal.objects.get_or_create(user_id=key, kind=kind)


def accept(key: Any, kind: str) -> None:
    """Send this account the kind again."""
    MailRefusal.objects.filter(user=key, kind=kind).delete()
