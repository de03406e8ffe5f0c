"""What moderators do with a concern. Each step is noted in the entry's history, without what the reporter wrote."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.log_actions import LogActionRegistry, log

from cases.concerns.models import Concern
from cases.concerns.receiving import ANSWER_MAIL
from cases.concerns.rules import may_handle
from core import mailing

KEPT: Final = timedelta(days=180)
"""How long message and address are kept after a concern was closed."""
KEPT_OPEN: Final = timedelta(days=730)
"""And at most, if nobody closes it."""


@transaction.atomic
def claim(key: int, user: Any) -> Concern:
    """Say that one looks into it; of two who try, the first gets it."""
    concern = _locked(key, user)
    if concern.claimed_by_id not in (None, user.pk) and not concern.is_closed:
        raise ValidationError(_("%(person)s looks into it already.") % {"person": concern.claimed_by})
    concern.claimed_by, concern.state = user, Concern.State.CLAIMED
    concern.outcome, concern.closed_at, concern.closed_by = "", None, None
    concern.save()
    _note("cases.concern.claim", concern, user)
    return concern


@transaction.atomic
def release(key: int, user: Any) -> Concern:
    """Give it back."""
    concern = _locked(key, user)
    if concern.is_closed:
        raise ValidationError(_("The concern is closed."))
    concern.claimed_by, concern.state = None, Concern.State.NEW
    concern.save()
    _note("cases.concern.release", concern, user)
    return concern


@transaction.atomic
def answer(key: int, user: Any, text: str) -> Concern:
    """Mail an answer to the reporter. Raises `ValidationError` when they left no address."""
    concern = _locked(key, user)
    if not concern.email:
        raise ValidationError(_("Nobody can be answered: there is no address."))
    context = {"number": concern.number, "title": concern.title, "text": text}
    mailing.send(ANSWER_MAIL, [mailing.Address(concern.email, language=concern.language)], context, concern.number)
    concern.answered_at = timezone.now()
    concern.save(update_fields=["answered_at"])
    _note("cases.concern.answer", concern, user)
    return concern


@transaction.atomic
def close(key: int, user: Any, outcome: str, note: str) -> Concern:
    """End it with an outcome."""
    concern = _locked(key, user)
    concern.state, concern.outcome, concern.note = Concern.State.CLOSED, Concern.Outcome(outcome), note
    concern.closed_by, concern.closed_at = user, timezone.now()
    concern.save()
    _note("cases.concern.close", concern, user, outcome=concern.outcome)
    return concern


def forget_reporters() -> int:
    """Delete what reporters wrote, and their addresses, some time after the end; a chore."""
    now = timezone.now()
    kept = getattr(settings, "CONCERN_KEPT", KEPT)
    old = Q(closed_at__lt=now - kept) | Q(closed_at=None, created_at__lt=now - KEPT_OPEN)
    concerns = Concern.objects.filter(old, forgotten_at=None)
    return concerns.update(text="", email="", forgotten_at=now)


def _locked(key: int, user: Any) -> Concern:
    concern = Concern.objects.select_for_update(of=("self",)).select_related("claimed_by", "entry").get(pk=key)
    if not may_handle(user, concern):
        raise PermissionDenied
    return concern


def _note(action: str, concern: Concern, user: Any, **more: str) -> None:
    data = {"number": concern.number, "subject": concern.subject, **more}
    log(instance=concern.entry or concern, action=action, user=user, title=concern.title, data=data)


def register_log_actions(actions: LogActionRegistry) -> None:
    """Name the steps for histories and the audit log."""
    actions.register_action("cases.concern.claim", _("Claim a concern"), _("Began to look into a concern"))
    actions.register_action("cases.concern.release", _("Release a concern"), _("Gave a concern back"))
    actions.register_action("cases.concern.answer", _("Answer a concern"), _("Answered a concern"))
    actions.register_action("cases.concern.close", _("Close a concern"), _("Closed a concern"))
