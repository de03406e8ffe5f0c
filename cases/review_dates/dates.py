"""Setting review dates and finding what is due."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wagtail.log_actions import LogActionRegistry, log

from cases import people
from cases.models import EntryPage, ReviewDate
from core.visibility import findable

if TYPE_CHECKING:
    from accounts.models import User

CONFIRM: Final = "cases.review_date.confirm"
BEFORE: Final = timedelta(days=60)
"""How long before the date the team is told first."""


def today() -> date:
    """Review dates are days in UTC."""
    return datetime.now(UTC).date()


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last of the month where that month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def renew(entry_id: int, user: Any = None) -> ReviewDate:
    """Count from today: the original with this key was published, or somebody said that it is still right."""
    now = today()
    due = add_months(now, settings.REVIEW_MONTHS)
    values = {"checked_on": now, "checked_by": user, "due_on": due, "remind_on": due - BEFORE}
    return ReviewDate.objects.update_or_create(entry_id=entry_id, defaults=values)[0]


def may_confirm(user: Any, entry: EntryPage) -> bool:
    """The team, co-author teams, and editors; of an entry that is public."""
    return bool(entry.live) and (people.is_of_team(user, entry) or people.is_editor(user))


@transaction.atomic
def confirm(entry: EntryPage, user: User) -> ReviewDate:
    """Note that the entry is still right: no new version, a new date, a line in its history."""
    if entry.is_translation or not may_confirm(user, entry):
        raise PermissionDenied(_("Only the team and editors may say that this entry is still right."))
    review = renew(entry.pk, user)
    log(instance=entry, action=CONFIRM, user=user, data={"due": review.due_on.isoformat()})
    return review


def stale(on: date | None = None) -> QuerySet[EntryPage]:
    """Public entries (originals) whose date has passed, with `review` at hand, longest due first."""
    entries = findable(EntryPage.objects.filter(review__due_on__lte=on or today()))
    return entries.select_related("review").order_by("review__due_on", "pk")


def due_within(days: int) -> QuerySet[EntryPage]:
    """Public entries that are due, or will be in so many days."""
    return stale(today() + timedelta(days=days))


def register_log_actions(actions: LogActionRegistry) -> None:
    """Name the action in the history; a `register_log_actions` hook."""
    actions.register_action(CONFIRM, _("Confirm still right"), _("Confirmed that the entry is still right"))
