"""Reminders of review dates: 60 days before, on the day, and each month after it until somebody acts."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse

from cases import people
from cases.models import EntryPage, ReviewDate
from cases.review_dates.dates import add_months, today
from core import mailing
from core.visibility import findable

logger = logging.getLogger(__name__)
MAIL: Final = "review-due"
EVERY: Final = timedelta(hours=6)


def remind(on: date | None = None) -> int:
    """Tell the teams of all entries whose reminder is due, each once; returns how many entries that were.

    Each entry is a transaction of its own: the next reminder is set with the mails, so that none comes twice.
    """
    day = on or today()
    public = findable(EntryPage.objects.filter(original=None))
    due = ReviewDate.objects.filter(remind_on__lte=day, entry__in=public).order_by("remind_on", "pk")
    return sum(_remind(key, day) for key in list(due.values_list("pk", flat=True)))


def _remind(key: int, day: date) -> bool:
    try:
        with transaction.atomic():
            review = ReviewDate.objects.select_for_update(of=("self",)).filter(pk=key, remind_on__lte=day).first()
            if review is None:
                return False
            review.remind_on = review.due_on if day < review.due_on else add_months(day, 1)
            review.save(update_fields=["remind_on"])
            _tell(EntryPage.objects.select_related("team").get(pk=review.entry_id), review)
    except Exception:
        logger.exception("The reminder of review date %s failed", key)
        return False
    return True


def _tell(entry: EntryPage, review: ReviewDate) -> None:
    """The team; editors where it has no member."""
    accounts = list(people.members(entry.team)) or list(people.editors())
    context = {
        "title": entry.title,
        "reference": entry.reference,
        "due": review.due_on,
        "checked": review.checked_on,
        "overdue": review.due_on < today(),
        "link": mailing.absolute(reverse("confirm_review", args=[entry.pk])),
    }
    mailing.send(MAIL, accounts, context, about=entry.reference)
