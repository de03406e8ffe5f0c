"""Refusing a kind of mail with one click, without signing in (RFC 8058)."""

from __future__ import annotations

from typing import Any, Final

from django.core import signing
from django.urls import reverse

from core.mailing.kinds import Kind
from core.mailing.rendering import absolute

SALT: Final = "core.mailing.unsubscribe"


def unsubscribe_url(account: Any, kind: Kind) -> str:
    """The address at which this account refuses this kind; the token says no more than both keys, signed."""
    token = signing.dumps([account.pk, kind.name], salt=SALT)
    return absolute(reverse("mail_unsubscribe", args=[token]))


def read_token(token: str) -> tuple[Any, str]:
    """Key of the account and name of the kind. Raises `signing.BadSignature`."""
    key, name = signing.loads(token, salt=SALT)
    return key, name


def headers_for(url: str) -> dict[str, str]:
    """What mail programs need to offer the one click."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if url else {}
