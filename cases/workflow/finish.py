"""What happens when the last step is done (`WAGTAIL_FINISH_WORKFLOW_ACTION`): just the approved revision goes live.

Wagtail loads this file while its own models are made: all imports of models are late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime

    from wagtail.models import Revision, WorkflowState

APPROVED: Final = "approved"


@transaction.atomic
def publish_approved(workflow_state: WorkflowState, user: Any = None) -> None:
    """Publish or schedule what was approved, whatever was saved since; raises `rules.Refused` when nothing was.

    Whoever ended the workflow, and whatever tasks it had, the approvals on record are looked at again.
    """
    from wagtail.workflows import publish_workflow_state

    from cases.workflow import door, rules
    from cases.workflow.models import Submission
    from cases.workflow.state import Step
    from cases.workflow.steps import entry_of

    entry = entry_of(workflow_state)
    if entry is None:
        publish_workflow_state(workflow_state, user=user)
        return
    approval = rules.approval_of(workflow_state, entry)
    submission = Submission.objects.filter(workflow_state=workflow_state).first()
    begin, end = (submission.go_live_at, submission.expire_at) if submission else (None, None)
    _set_times(approval.revision, go_live_at=begin, expire_at=end)
    door.clear(approval.revision, APPROVED, submission=submission, editor=approval.editor, ethics=approval.ethics)
    approval.revision.publish(user=user, skip_permission_checks=True)
    if submission is not None:
        now = timezone.now()
        submission.step, submission.step_since, submission.closed_at, submission.due_at = Step.APPROVED, now, now, None
        submission.save(update_fields=["step", "step_since", "closed_at", "due_at"])


def _set_times(revision: Revision, **times: datetime | None) -> None:
    """Write into the revision when it goes live and when it ends: all that an approval changes in it."""
    wanted = {name: time.isoformat() if time else None for name, time in times.items()}
    if any(revision.content.get(name) != time for name, time in wanted.items()):
        revision.content.update(wanted)
        revision.save(update_fields=["content"])
