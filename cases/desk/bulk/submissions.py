"""Bulk actions on the queue: claim, release, set the day until which a decision is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page

from cases.desk.bulk.actions import BulkRefusedError, State, Values, Work
from cases.desk.claiming import current_step
from cases.models import EntryPage
from cases.workflow import decisions, rules
from cases.workflow.models import Submission

MOMENTS = ("claimed_at", "due_at", "reminded_at", "escalated_at", "closed_at")


class OnSubmissions(Work):
    """What the bulk actions of the queue share: their items are submissions."""

    model = Submission

    def lock(self, keys: Sequence[int]) -> list[Any]:
        entries = Submission.objects.filter(pk__in=keys).order_by().values("entry")
        list(Page.objects.select_for_update().filter(pk__in=entries).order_by("pk").values_list("pk"))
        return list(self.read(keys))

    def read(self, keys: Sequence[int]) -> Iterable[Any]:
        related = ("entry", "claimed_by", "workflow_state__current_task_state")
        return Submission.objects.filter(pk__in=keys).order_by("pk").select_related(*related)

    def entry_of(self, item: Submission) -> EntryPage:
        return item.entry

    def state(self, item: Submission) -> State:
        """Step, claim, dates and the version under review."""
        moments = {name: _text(getattr(item, name)) for name in MOMENTS}
        version = item.entry.latest_revision_id
        return {"step": item.step, "claimed_by": item.claimed_by_id, "revision": version, **moments}

    def restore(self, user: Any, item: Submission, before: State) -> None:
        moments = {name: _moment(before[name]) for name in MOMENTS}
        Submission.objects.filter(pk=item.pk).update(claimed_by=before["claimed_by"], **moments)


class Claim(OnSubmissions):
    """Claim several."""

    name = "claim"
    label = gettext_lazy("Claim")
    question = gettext_lazy("Claim these entries, so that others know that you read them?")
    order = 10

    def refusal(self, user: Any, item: Submission) -> str:
        if item.claimed_by_id == user.pk and rules.claim_holder(item):
            return _("You have claimed it already.")
        return rules.obstacle(user, item, claiming=True)

    def apply(self, user: Any, item: Submission, values: Values) -> None:
        decisions.claim(current_step(item), user)

    def may_undo(self, user: Any, done_by: Any) -> bool:
        """Nobody gives back what somebody else has claimed, but an administrator."""
        return user == done_by or user.is_superuser


class Release(Claim):
    """Give several back."""

    name = "release"
    label = gettext_lazy("Release")
    question = gettext_lazy("Release your claims on these entries?")
    order = 20

    def refusal(self, user: Any, item: Submission) -> str:
        if item.claimed_by_id is None or (item.claimed_by_id != user.pk and not user.is_superuser):
            return _("You have no claim on this entry.")
        return ""

    def apply(self, user: Any, item: Submission, values: Values) -> None:
        decisions.release(current_step(item), user)


class DueForm(forms.Form):
    """A day, today or later."""

    due = forms.DateField(label=gettext_lazy("Due on"), widget=AdminDateInput)

    def clean_due(self) -> dt.date:
        """Nothing is due yesterday."""
        due: dt.date = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise ValidationError(_("Choose today or a later day."))
        return due


class SetDue(OnSubmissions):
    """Say until when several have to be decided."""

    name = "due"
    label = gettext_lazy("Set due date")
    question = gettext_lazy("Until when should these entries be decided?")
    order = 30
    form_class = DueForm
    log_action = "cases.bulk.due"

    def refusal(self, user: Any, item: Submission) -> str:
        return "" if item.is_running else _("Nothing is to be decided: the entry is not under review any more.")

    def apply(self, user: Any, item: Submission, values: Values) -> None:
        """To the end of that day; reminders begin anew."""
        due = timezone.make_aware(dt.datetime.combine(values["due"], dt.time.max.replace(microsecond=0)))
        changed = Submission.objects.running().filter(pk=item.pk)
        if not changed.update(due_at=due, reminded_at=None, escalated_at=None):
            raise BulkRefusedError(_("Nothing is to be decided: the entry is not under review any more."))

    def details(self, values: Values) -> str:
        return date_format(values["due"], "SHORT_DATE_FORMAT")


def _text(moment: dt.datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _moment(text: str) -> dt.datetime | None:
    return parse_datetime(text) if text else None
