"""Changing the e-mail address of an account: who reads mail at the new one, and is signed in, may. The old one is told.

Both are asked for: a mistyped address gives its owner a link, but no account; a session that somebody left open gives
away no account without the password.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from accounts.models import AddressChange, User
from accounts.tokens import hash_of, new_token
from core import mailing


class AddressTakenError(Exception):
    """Another account got the address meanwhile."""


@transaction.atomic
def ask(user: User, email: str) -> None:
    """Mail a link to the new address; links sent before are void. Nothing at all when the address has an account."""
    address = User.objects.normalize_email(email)
    if User.objects.filter(email__iexact=address).exists():
        return
    token = new_token()
    values = {"email": address, "token_hash": hash_of(token), "asked_at": timezone.now()}
    change, _made = AddressChange.objects.update_or_create(user=user, defaults=values)
    link = mailing.absolute(reverse("account_address", args=[token]))
    context = {"address": address, "link": link, "until": change.expires_at}
    mailing.send("new-address", [_at(address, user)], context, about=f"account {user.pk}")


def find(user: User, token: str) -> AddressChange | None:
    """What the link is about, as long as it works, and for its own person only."""
    return AddressChange.objects.usable().filter(user=user, token_hash=hash_of(token)).first()


@transaction.atomic
def confirm(user: User, change: AddressChange) -> bool:
    """Use the link; of two clicks one does, the other gets False. Raises `AddressTakenError`."""
    used, _rows = AddressChange.objects.filter(pk=change.pk, token_hash=change.token_hash).delete()
    if not used:
        return False
    old, user.email = user.email, change.email
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
    except IntegrityError:
        user.email = old
        raise AddressTakenError from None
    log(user, "wagtail.edit")
    mailing.send("address-changed", [_at(old, user)], {"address": user.email}, about=f"account {user.pk}")
    return True


def _at(address: str, user: User) -> mailing.Address:
    """The person, at an address that need not be the account's."""
    language = UserProfile.get_for_user(user).get_preferred_language()
    return mailing.Address(address, user.get_full_name(), language)
