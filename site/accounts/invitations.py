"""Inviting people: the link works once and for seven days, and only whoever has it can use it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.dispatch import Signal
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Invitation, User
from accounts.tokens import hash_of, new_token
from core import mailing

# Arguments: invitation, user. Sent inside the transaction in which the account joined the groups.
accepted = Signal()


class InvitationUnusableError(Exception):
    """The invitation was used, cancelled or sent anew meanwhile, or its time is over."""


@transaction.atomic
def invite(email: str, groups: Iterable[Group], purpose: str, *, language: str, by: Any) -> Invitation:
    """Invite an address into groups; `purpose` is what the mail calls them. The link goes out with the commit."""
    address = User.objects.normalize_email(email)
    invitation = Invitation(email=address, purpose=purpose, language=language, invited_by=by)
    token = _new_token(invitation)
    invitation.save()
    invitation.groups.set(groups)
    _mail(invitation, token)
    return invitation


@transaction.atomic
def send_again(invitation: Invitation) -> None:
    """Mail a new link, good for another seven days; the old one is void. Raises `InvitationUnusableError`."""
    current = Invitation.objects.open().select_for_update().filter(pk=invitation.pk).first()
    if current is None:
        raise InvitationUnusableError
    token = _new_token(current)
    current.sent_at = timezone.now()
    current.save(update_fields=["token_hash", "sent_at"])
    _mail(current, token)


def cancel(invitation: Invitation) -> bool:
    """Make the link void; False when it was used or cancelled before."""
    return bool(Invitation.objects.open().filter(pk=invitation.pk).update(cancelled_at=timezone.now()))


def find(token: str) -> Invitation | None:
    """The invitation whose newest link holds this token, whatever its state."""
    return Invitation.objects.filter(token_hash=hash_of(token)).first()


def account_for(invitation: Invitation) -> User | None:
    """The account that has the invited address already, in any case of letters."""
    return User.objects.filter(email__iexact=invitation.email).first()


@transaction.atomic
def accept(invitation: Invitation, user: User) -> None:
    """Use the link: `user` joins the groups. Of two clicks one does; raises `InvitationUnusableError` for the other."""
    usable = Invitation.objects.usable().filter(pk=invitation.pk, token_hash=invitation.token_hash)
    if not usable.update(accepted_at=timezone.now(), accepted_by=user):
        raise InvitationUnusableError
    user.groups.add(*invitation.groups.all())
    accepted.send(sender=Invitation, invitation=invitation, user=user)


def _new_token(invitation: Invitation) -> str:
    token = new_token()
    invitation.token_hash = hash_of(token)
    return token


def _mail(invitation: Invitation, token: str) -> None:
    with override(invitation.language):
        link = mailing.absolute(reverse("accept_invitation", args=[token]))
    context: dict[str, Any] = {
        "purpose": invitation.purpose,
        "inviter": str(invitation.invited_by or ""),
        "link": link,
        "until": invitation.expires_at,
    }
    to = [mailing.Address(invitation.email, language=invitation.language)]
    mailing.send("invitation", to, context, about=f"invitation {invitation.pk}")
