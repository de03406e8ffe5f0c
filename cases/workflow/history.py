"""What the history of an entry, and the audit log, say of its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import PageLogEntry

if TYPE_CHECKING:
    from wagtail.models import Revision, WorkflowState

    from cases.models import EntryPage

CLAIM: Final = "cases.review.claim"
RELEASE: Final = "cases.review.release"
REFUSE: Final = "cases.review.reject"
FAILED: Final = "cases.schedule.failed"
ASK: Final = "wagtail.workflow.reject"
"""Wagtail says “rejected” of what goes back for changes."""


def register_actions(actions: LogActionRegistry) -> None:
    """Name them; a `register_log_actions` hook."""
    actions.register_action(CLAIM, _("Claim for review"), _("Claimed for review"))
    actions.register_action(RELEASE, _("Release a claim"), _("Claim released"))
    actions.register_action(REFUSE, _("Reject"), _("Rejected"))
    actions.register_action(FAILED, _("Scheduled publication failed"), _("Could not go live as scheduled"))


class Asked(LogFormatter):
    """A request for changes."""

    label, message = _("Ask for changes"), _("Changes asked for")

    def format_comment(self, log_entry: Any) -> str:
        """What has to be changed."""
        return str(log_entry.data.get("comment") or "")


def rename_actions(actions: LogActionRegistry) -> None:
    """Say of Wagtail's steps what they are here; a `register_log_actions` hook that comes after Wagtail's."""
    actions.choices[:] = [choice for choice in actions.choices if choice[0] != ASK]
    actions.register_action(ASK)(Asked)


def note(action: str, entry: EntryPage, user: Any, revision: Revision | None, **data: Any) -> None:
    """Write one line."""
    log(instance=entry.specific_deferred, action=action, user=user, revision=revision, data=data)


def workflow_data(state: WorkflowState) -> dict[str, Any]:
    """What Wagtail's own lines on workflows hold."""
    task_state = state.current_task_state
    task = {"id": task_state.task_id, "title": task_state.task.name} if task_state else None
    key = task_state.pk if task_state else None
    workflow = {"id": state.workflow_id, "title": state.workflow.name, "status": state.status}
    return {"workflow": {**workflow, "task_state_id": key, "task": task}}


@dataclass(frozen=True, slots=True)
class Line:
    """One step, for people to read."""

    when: datetime
    person: str
    what: str
    comment: str


def lines(entry: EntryPage, most: int = 50) -> list[Line]:
    """What happened to the entry in moderation, newest first; two SQL."""
    entries = PageLogEntry.objects.filter(page=entry.pk).filter(_shown()).select_related("user")
    return [
        Line(row.timestamp, str(row.user or ""), str(row.message), str(row.data.get("comment") or ""))
        for row in entries.order_by("-timestamp", "-pk")[:most]
    ]


def _shown() -> Q:
    of_wagtail = Q(action__startswith="wagtail.workflow.") | Q(action__startswith="wagtail.publish")
    return of_wagtail | Q(action__in=[CLAIM, RELEASE, REFUSE, FAILED, "wagtail.schedule.cancel", "wagtail.unpublish"])
