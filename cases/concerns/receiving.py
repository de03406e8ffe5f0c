"""Taking a concern in: how many may be sent, who is told at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language

from cases.concerns.forms import ConcernForm
from cases.concerns.models import Concern
from cases.concerns.subjects import Subject
from cases.people import editors, ethics_moderators
from cases.terms import current_terms
from core import mailing
from core.guarding import allowed
from core.models import Attempt

WHAT: Final = "concern"
MOST_OF_ONE, OF_ONE = 5, timedelta(hours=1)
"""Many people share one address: a village's telephone, a library, an office."""
MOST_OF_ALL, OF_ALL = 120, timedelta(hours=1)
URGENT_MAIL: Final = "concern-urgent"
ANSWER_MAIL: Final = "concern-answer"


def may_send(request: HttpRequest) -> bool:
    """Whether one more is taken, of this sender and at all; notes the attempt. No address is stored."""
    recent = Attempt.objects.filter(what=WHAT, at__gt=timezone.now() - OF_ALL).count()
    return recent < MOST_OF_ALL and allowed(request, WHAT, MOST_OF_ONE, OF_ONE)


@transaction.atomic
def receive(form: ConcernForm, subject: Subject) -> Concern:
    """Store a valid form; an urgent concern is mailed to editors and ethics moderators in the same transaction."""
    reason = form.chosen
    concern = Concern.objects.create(
        entry=subject.entry,
        team=subject.team,
        subject=subject.code,
        title=subject.title[:255],
        language=get_language() or "en",
        reason_id=reason.id,
        urgent=bool(reason.facts.get("urgent")),
        text=form.cleaned_data["text"],
        email=form.cleaned_data["email"],
        may_share=form.cleaned_data["may_share"],
    )
    if concern.urgent:
        tell_moderators(concern)
    return concern


def tell_moderators(concern: Concern) -> int:
    """Mail the bare fact: neither the message nor the address leaves the site."""
    told = {user.pk: user for user in [*editors(), *ethics_moderators()]}
    context = {
        "number": concern.number,
        "reason": _reason(concern.reason_id),
        "title": concern.title,
        "subject": concern.subject,
        "link": mailing.absolute(reverse("concern_detail", args=[concern.pk])),
    }
    return mailing.send(URGENT_MAIL, told.values(), context, about=concern.number)


def _label(key: int) -> str:
    return str(current_terms().resolve(key).label())


_reason = lazy(_label, str)
"""The reason in the language of each mail's reader."""
