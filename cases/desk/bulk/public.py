"""Bulk actions on what is public: ask teams to look again, withdraw."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.desk.bulk.actions import BulkRefusedError, State, Values, Work
from cases.models import EntryPage, ReviewDate
from cases.people import is_editor
from cases.review_dates.dates import today
from cases.withdrawing import actions, rules
from cases.withdrawing.forms import ReasonForm
from core import withdrawals


class AskReview(Work):
    """Let the review of several published entries be due today: their teams are reminded with the next round."""

    name = "ask-review"
    label = gettext_lazy("Ask for review")
    question = gettext_lazy("Ask the teams of these entries to look whether they are still right?")
    order = 40
    log_action = "cases.bulk.ask_review"

    def refusal(self, user: Any, item: EntryPage) -> str:
        review = _review(item)
        if not item.live or review is None:
            return _("Only published originals have a review date.")
        return _("It is due for review already.") if review.due_on <= today() else ""

    def state(self, item: EntryPage) -> State:
        review = _review(item)
        dates = ("checked_on", "due_on", "remind_on")
        return {name: getattr(review, name).isoformat() if review else "" for name in dates}

    def compared(self, state: State) -> State:
        """Without the next reminder: that a mail went out meanwhile hinders nobody from taking the date back."""
        return {name: value for name, value in state.items() if name != "remind_on"}

    def apply(self, user: Any, item: EntryPage, values: Values) -> None:
        ReviewDate.objects.filter(entry=item.pk).update(due_on=today(), remind_on=today())

    def restore(self, user: Any, item: EntryPage, before: State) -> None:
        days = {name: dt.date.fromisoformat(before[name]) for name in ("due_on", "remind_on")}
        ReviewDate.objects.filter(entry=item.pk).update(**days)


class WithdrawForm(ReasonForm):
    """The reason, and what the public is told, the same for all."""

    def clean(self) -> dict[str, Any]:
        """Keep what the tombstones say with the values."""
        cleaned = super().clean()
        return {**cleaned, "told": self.told()} if not self.errors else cleaned


class Withdraw(Work):
    """Take several back at once, in all their languages."""

    name = "withdraw"
    label = gettext_lazy("Withdraw")
    question = gettext_lazy("Withdraw these entries at once, in all their languages?")
    warning = gettext_lazy(
        "Pages, versions and files are gone for visitors at once; a tombstone stays at the addresses."
    )
    undo_hint = gettext_lazy(
        "Another editor than the one who withdrew may undo it within days, unless consent was taken back."
    )
    order = 90
    serious = True
    form_class = WithdrawForm

    def may(self, user: Any) -> bool:
        return is_editor(user)

    def may_undo(self, user: Any, done_by: Any) -> bool:
        """Four eyes: not by whoever withdrew."""
        return is_editor(user) and user != done_by

    def refusal(self, user: Any, item: EntryPage) -> str:
        if item.original_id or item.alias_of_id:
            return _("Withdraw the original: its languages follow.")
        if not rules.may_withdraw(user, item):
            return _("Only the team and editors may withdraw this entry.")
        return "" if item.live else _("The entry is not published.")

    def state(self, item: EntryPage) -> State:
        withdrawal = withdrawals.active(item.translation_key)
        key = withdrawal.pk if withdrawal else None
        return {
            "live": item.live,
            "withdrawal": key,
            "version": item.live_revision_id,
            "draft": item.latest_revision_id,
        }

    def apply(self, user: Any, item: EntryPage, values: Values) -> None:
        actions.withdraw(item.specific, user, values["reason"], **values["told"])

    def restore(self, user: Any, item: EntryPage, before: State) -> None:
        withdrawal = withdrawals.active(item.translation_key)
        if withdrawal is None:
            raise BulkRefusedError(_("The entry was restored already."))
        actions.republish(withdrawal, user)

    def details(self, values: Values) -> str:
        return str(actions.reason_label(values["reason"]))


def _review(item: EntryPage) -> ReviewDate | None:
    return ReviewDate.objects.filter(entry=item.pk).first()
