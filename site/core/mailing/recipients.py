"""To whom a mail goes: accounts, once each, who did not refuse its kind; or bare addresses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import get_language, override

from wagtail.users.models import UserProfile

from core.mailing.kinds import Kind

Account = Any
"""A user; the model is of a room above."""


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody without an account: the mail is drawn in `language`, or in the language of the moment."""

    email: str
    name: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One mail's receiver, with the language and time zone in which it is drawn."""

    email: str
    name: str
    language: str
    time_zone: str
    account: Account | None = None


class Preferences(Protocol):
    """What the room of accounts knows of who wants which mail."""

    def refused(self, kind: str, keys: Collection[Any]) -> Set[Any]:
        """Of these keys of accounts, those who refuse the kind; one SQL."""

    def refuse(self, key: Any, kind: str) -> None:
        """Send this account no more of the kind."""

    def accept(self, key: Any, kind: str) -> None:
        """Send this account the kind again."""


_preferences: list[Preferences] = []


def register_preferences(preferences: Preferences) -> None:
    """Let a room above keep what people want."""
    _preferences[:] = [preferences]


def preferences() -> Preferences | None:
    """What keeps people's choices, if anything does."""
    return _preferences[0] if _preferences else None


def recipients(kind: Kind, to: Iterable[Account | Address | str]) -> list[Recipient]:
    """Everybody who is to get a mail of this kind, each address once; two SQL at most.

    Accounts that are closed get none. Raises `TypeError` for an optional kind to somebody without an account: they
    could not refuse it.
    """
    given = list(to)
    accounts = [one for one in given if not isinstance(one, str | Address)]
    bare = [Address(one) if isinstance(one, str) else one for one in given if isinstance(one, str | Address)]
    if kind.optional and bare:
        raise TypeError(f"Mail of the kind {kind.name!r} may be refused, so it goes to accounts only.")
    found = [*_accounts(kind, accounts), *map(_stranger, bare)]
    return list({one.email.lower(): one for one in reversed(found)}.values())[::-1]


def _accounts(kind: Kind, accounts: list[Account]) -> Iterator[Recipient]:
    active = {account.pk: account for account in accounts if account.is_active and account.email}
    if not active:
        return
    known = preferences()
    refused = known.refused(kind.name, active) if known and kind.optional else frozenset()
    profiles = {profile.user_id: profile for profile in UserProfile.objects.filter(user__in=active)}
    for key, account in active.items():
        if key not in refused:
            profile = profiles.get(key) or UserProfile()
            yield Recipient(
                account.email,
                account.get_full_name(),
                _language(profile),
                profile.get_current_time_zone(),
                account,
            )


def _language(profile: UserProfile) -> str:
    """The language that somebody chose, else the site's: that of the moment is somebody else's."""
    with override(settings.LANGUAGE_CODE):
        return profile.get_preferred_language()


def _stranger(address: Address) -> Recipient:
    language = address.language or get_language() or settings.LANGUAGE_CODE
    return Recipient(address.email, address.name, language, settings.TIME_ZONE)
