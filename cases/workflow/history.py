"""What the history of an entry, and the audit log, say of its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from wagtail.log_actions import LogActionRegistry, log

if TYPE_CHECKING:
    from wagtail.models import Revision, WorkflowState

    from cases.models import EntryPage

CLAIM: Final = "cases.review.claim"
RELEASE: Final = "cases.review.release"
REFUSE: Final = "cases.review.reject"
FAILED: Final = "cases.schedule.failed"


def register_actions(actions: LogActionRegistry) -> None:
    """Name them; a `register_log_actions` hook."""
    actions.register_action(CLAIM, _("Claim for review"), _("Claimed for review"))
    actions.register_action(RELEASE, _("Release a claim"), _("Claim released"))
    actions.register_action(REFUSE, _("Reject"), _("Rejected"))
    actions.register_action(FAILED, _("Scheduled publication failed"), _("Could not go live as scheduled"))


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
