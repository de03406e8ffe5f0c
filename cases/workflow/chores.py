"""Reminders before a step is due, and word to everybody who may help when it is overdue; done by the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases.workflow import mails
from cases.workflow.models import Submission
from cases.workflow.state import UNDER_REVIEW
from core.chores import register_chore

EVERY: Final = timedelta(hours=1)


def register() -> None:
    """Called in `AppConfig.ready`."""
    register_chore("cases.workflow.reminders", remind_and_escalate, EVERY)


def remind_and_escalate() -> int:
    """Send what is due now, each once for a step; returns how many submissions were told of."""
    now = timezone.now()
    soon = now + timedelta(days=settings.MODERATION_REMIND_DAYS)
    running = Submission.objects.running()
    late = running.filter(due_at__lte=now, escalated_at=None, step__in=UNDER_REVIEW)
    near = running.filter(due_at__lte=soon, reminded_at=None)
    told = _tell(late, "escalated_at", mails.escalate)
    return told + _tell(near.exclude(due_at__lte=now, step__in=UNDER_REVIEW), "reminded_at", mails.remind)


def _tell(rows: Any, stamp: str, send: Callable[[Submission], int]) -> int:
    """Mark each row and mail in one transaction: of two processes one marks it, and a failure leaves no mark."""
    told = 0
    for key in list(rows.order_by("due_at", "pk").values_list("pk", flat=True)):
        with transaction.atomic():
            if rows.filter(pk=key).update(**{stamp: timezone.now()}):
                related = ("entry__team", "entry__original", "claimed_by", "submitted_by")
                send(Submission.objects.select_related(*related).get(pk=key))
                told += 1
    return told
