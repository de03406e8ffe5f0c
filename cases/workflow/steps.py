"""How an entry comes to a step: checked when it comes from its team, passed by where nobody has to decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page, TaskState, WorkflowState

from cases import people
from cases.derived import proposes_sensitive
from cases.gates import GapsRemain, gaps
from cases.models import EntryPage
from cases.workflow import signals
from cases.workflow.authors import authors
from cases.workflow.models import ReviewTask, Submission
from cases.workflow.rules import Refused, holds_role
from cases.workflow.sensitivity import needs_ethics
from cases.workflow.state import Step
from core import withdrawals

if TYPE_CHECKING:
    from wagtail.models import Revision


def entry_of(workflow_state: WorkflowState) -> EntryPage | None:
    """The entry that a workflow state is about; None for any other thing."""
    if not isinstance(workflow_state.content_object, Page):
        return None
    entry = EntryPage.objects.filter(pk=workflow_state.object_id).select_related("latest_revision").first()
    return entry.specific if entry is not None else None


def start(task: ReviewTask, workflow_state: WorkflowState, user: Any, begin: Callable[..., TaskState]) -> TaskState:
    """Begin `task` for the latest revision. Raises `GapsRemain` or `Refused` for what cannot be submitted."""
    entry = entry_of(workflow_state)
    if entry is None:
        return begin(workflow_state, user=user)
    revision = entry.get_latest_revision()
    if task.step == Step.ETHICS and not needs_ethics(entry, revision):
        return _pass_by(task, workflow_state, revision)
    before = Submission.objects.filter(workflow_state=workflow_state).first()
    by_team = before is None or before.step == Step.CHANGES_ASKED
    if by_team:
        refuse_unready(entry, revision)
    task_state = begin(workflow_state, user=user)
    submission = _enter(before or Submission(workflow_state=workflow_state, entry=entry), task.step, entry, revision)
    if by_team:
        _note_submitter(submission, user)
        signals.submitted.send(sender=type(entry), entry=entry, user=user, revision=revision)
    return task_state


def refuse_unready(entry: EntryPage, revision: Revision | None) -> None:
    """Raise `GapsRemain` with what is missing, or `Refused`, unless the revision may be submitted."""
    if revision is None or entry.alias_of_id:
        raise Refused(_("There is no draft to submit."))
    if withdrawals.active(entry.translation_key):
        raise Refused(_("The entry was withdrawn. An editor has to restore it before it can be submitted again."))
    if found := gaps(revision.as_object()):
        raise GapsRemain(found)


def deadline() -> datetime:
    """Until when a step that begins now should be done."""
    return timezone.now() + timedelta(days=settings.MODERATION_STEP_DAYS)


def risk_of(entry: EntryPage, revision: Revision) -> Submission.Risk:
    """What moderators should know before they open it."""
    if needs_ethics(entry, revision):
        return Submission.Risk.SENSITIVE
    if proposes_sensitive(revision.as_object().source):
        return Submission.Risk.PROPOSED
    return Submission.Risk.ORDINARY


def _pass_by(task: ReviewTask, workflow_state: WorkflowState, revision: Revision) -> TaskState:
    passed = TaskState(workflow_state=workflow_state, revision=revision, task=task, status=TaskState.STATUS_SKIPPED)
    passed.finished_at = timezone.now()
    passed.save()
    return passed


def _enter(submission: Submission, step: Step, entry: EntryPage, revision: Revision) -> Submission:
    """Write down the step, with a new deadline; a claim lasts when its holder may decide here too."""
    submission.step, submission.step_since = step, timezone.now()
    submission.risk, submission.due_at = risk_of(entry, revision), deadline()
    submission.reminded_at = submission.escalated_at = submission.closed_at = None
    holder = submission.claimed_by
    if holder is not None and (not holds_role(holder, step) or holder.pk in authors(entry.pk)):
        submission.claimed_by = submission.claimed_at = None
    submission.save()
    return submission


def _note_submitter(submission: Submission, user: Any) -> None:
    submission.submitted_by, submission.submitted_at = user, timezone.now()
    submission.save(update_fields=["submitted_by", "submitted_at"])
    if user is not None:
        submission.submitters.add(user)


def may_submit(user: Any, entry: EntryPage) -> bool:
    """Whether this person may hand the entry to moderators: the team, and editors for entries that they write."""
    return people.is_of_team(user, entry) or people.is_moderator(user)
