"""What becomes of a request for an account. Each call is one transaction, logged, and mailed with its commit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.log_actions import log

from cases import people
from cases.members import memberships
from cases.models import AccountRequest, CountryTeam
from core import mailing

State = AccountRequest.State
KEPT: Final = timedelta(days=90)
"""How long an answered request is kept; the log says what was done without naming the person."""
MOST_WAITING: Final = 500
"""Beyond this nobody reads them: a flood is stopped here whatever gets past the form."""


class AnswerError(ValueError):
    """What cannot be done with a request; the text says why, for the editor who tried."""


@transaction.atomic
def receive(request: AccountRequest) -> bool:
    """Keep a request and tell the editors; False when this address waits already, or too many do."""
    waiting = AccountRequest.objects.filter(state=State.WAITING)
    if waiting.filter(email__iexact=request.email).exists() or waiting.count() >= MOST_WAITING:
        return False
    request.save()
    context = {
        "name": request.name,
        "organisation": request.organisation,
        "team": request.team.name if request.team else "",
        "link": mailing.absolute(reverse("account_request", args=[request.pk])),
    }
    mailing.send("account-request", people.editors(), context, about=f"account request {request.pk}")
    return True


@transaction.atomic
def accept(request: AccountRequest, team: CountryTeam, role: str, by: Any) -> None:
    """Invite the person into a team. Raises `AnswerError`, `cases.members.memberships.MembershipError`."""
    current = _waiting(request)
    memberships.invite(team, current.email, role, language=current.language, by=by)
    _decide(current, State.ACCEPTED, by)
    log(current, "cases.account_request.accept", user=by, title=_title(current), data={"team": team.name})


@transaction.atomic
def refuse(request: AccountRequest, reason: str, by: Any) -> None:
    """Tell the person why not. Raises `AnswerError`."""
    current = _waiting(request)
    current.reason = reason
    _decide(current, State.REFUSED, by)
    to = [mailing.Address(current.email, current.name, current.language)]
    mailing.send("account-refused", to, {"reason": reason}, about=f"account request {current.pk}")
    log(current, "cases.account_request.refuse", user=by, title=_title(current), data={"reason": reason})


def forget_old() -> int:
    """Delete requests that were answered a while ago; a chore."""
    return AccountRequest.objects.filter(decided_at__lt=timezone.now() - KEPT).delete()[0]


def _waiting(request: AccountRequest) -> AccountRequest:
    """The request for this transaction alone; two editors do not both answer it."""
    current = AccountRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if current.state != State.WAITING:
        raise AnswerError(_("This request was answered meanwhile."))
    return current


def _decide(request: AccountRequest, state: AccountRequest.State, by: Any) -> None:
    request.state, request.decided_at, request.decided_by = state, timezone.now(), by
    request.save(update_fields=["state", "reason", "decided_at", "decided_by"])


def _title(request: AccountRequest) -> str:
    """What the log says for good: not the name of somebody who only asked."""
    return f"#{request.pk}"
