"""The steps that people take: submit, take back, claim, ask for changes, reject, approve.

Each locks the page's row first, so that whoever saves, decides or submits at the same time waits, and then looks again
at everything: roles, authors, the revision that was shown, gaps. What may not be done raises `rules.Refused` or
`gates.GapsRemain` and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wagtail.log_actions import log
from wagtail.models import Page, Revision, TaskState, WorkflowState

from cases.gates import refuse_gaps
from cases.models import EntryPage
from cases.workflow import history, rules, signals
from cases.workflow.changes import changed_labels
from cases.workflow.models import Submission
from cases.workflow.rules import Refused
from cases.workflow.state import Step
from cases.workflow.steps import deadline, may_submit

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Review:
    """A submission with its page locked: nothing about it changes until the transaction ends."""

    entry: EntryPage
    submission: Submission
    workflow_state: WorkflowState
    task_state: TaskState
    latest: Revision


def stamp(revision: Revision) -> str:
    """Tells two contents of one revision apart: an autosave may write over a draft."""
    return str(revision.created_at.isoformat())


def lock(entry_id: int | str) -> EntryPage:
    """The entry, read while its row is locked until the transaction ends."""
    Page.objects.select_for_update().filter(pk=entry_id).order_by("pk").values_list("pk").first()
    entry: EntryPage = EntryPage.objects.select_related("latest_revision").get(pk=entry_id).specific
    return entry


@transaction.atomic
def submit(entry: EntryPage, user: User) -> Submission:
    """Hand the latest draft to moderators, for the first time or after changes. Raises `GapsRemain` or `Refused`."""
    entry = lock(entry.pk)
    if not may_submit(user, entry):
        raise Refused(_("Only the team, or an editor who writes for it, submits an entry."))
    running: WorkflowState | None = entry.current_workflow_state
    if running is None:
        workflow = entry.get_workflow()
        if workflow is None:
            raise Refused(_("No workflow is set up: an administrator has to run the command setup_site."))
        workflow.start(entry, user)
    elif running.status == WorkflowState.STATUS_NEEDS_CHANGES:
        _resume(running, entry, user)
    else:
        raise Refused(_("The entry is under review already."))
    return Submission.objects.running().get(entry=entry.pk)


def _resume(state: WorkflowState, entry: EntryPage, user: User) -> None:
    """Begin again with the editors: Wagtail would go on with the task that sent the entry back."""
    state.current_task_state = None
    state.status = WorkflowState.STATUS_IN_PROGRESS
    state.save()
    state.update(user=user)
    log(
        instance=entry,
        action="wagtail.workflow.resume",
        data=history.workflow_data(state),
        revision=entry.get_latest_revision(),
        user=user,
    )


@transaction.atomic
def take_back(entry: EntryPage, user: User) -> None:
    """End a submission before it is decided; the entry is a draft of its team again."""
    entry = lock(entry.pk)
    submission = Submission.objects.running().filter(entry=entry.pk).select_related("workflow_state", "entry").first()
    if submission is None or not rules.may_take_back(user, submission):
        raise Refused(_("There is no submission that you could take back."))
    submission.workflow_state.cancel(user=user)  # `cancelled` notes the rest


def act(task_state: TaskState, user: Any, action: str, **given: Any) -> None:
    """What a button of the review does. Raises `Refused` for an action that does not exist."""
    if action == rules.CLAIM:
        claim(task_state, user)
    elif action == rules.RELEASE:
        release(task_state, user)
    elif action == rules.APPROVE:
        approve(task_state, user, **given)
    elif action == rules.ASK:
        ask_for_changes(task_state, user, **given)
    elif action == rules.REFUSE:
        refuse(task_state, user, **given)
    else:
        raise Refused(_("There is no such action."))


@transaction.atomic
def approve(
    task_state: TaskState,
    user: Any,
    revision: int | None = None,
    stamp: str = "",
    comment: str = "",
    go_live_at: datetime | Literal["keep"] | None = rules.KEEP,
    expire_at: datetime | Literal["keep"] | None = rules.KEEP,
) -> None:
    """Approve the revision that was shown. The last approval publishes it: at `go_live_at`, for None at once.

    It ends at `expire_at`, for None never. Editors decide on both times; an ethics moderator leaves them.
    """
    review = _open(task_state, user, revision, stamp)
    draft = review.latest.as_object()
    refuse_gaps(draft)
    if review.submission.step == Step.SUBMITTED:
        _set_times(review.submission, draft, go_live_at, expire_at)
    entry = review.entry
    review.task_state.approve(user=user, comment=comment)
    signals.approved.send(sender=type(entry), entry=entry, user=user, revision=review.latest)


def _set_times(submission: Submission, draft: EntryPage, go_live_at: Any, expire_at: Any) -> None:
    """Write down from when to when it is to be public. Raises `Refused` when that is no time at all."""
    begin = draft.go_live_at if go_live_at == rules.KEEP else go_live_at
    end = draft.expire_at if expire_at == rules.KEEP else expire_at
    if end is not None and end <= max(begin or timezone.now(), timezone.now()):
        raise Refused(_("The entry would end before it begins: choose a later time for “Public until”."))
    submission.go_live_at, submission.expire_at = begin, end
    submission.save(update_fields=["go_live_at", "expire_at"])


@transaction.atomic
def ask_for_changes(
    task_state: TaskState, user: Any, revision: int | None = None, stamp: str = "", comment: str = ""
) -> None:
    """Send the entry back to its team, with a text that says what to change."""
    review = _open(task_state, user, revision, stamp)
    _need(comment, _("Say what has to be changed."))
    review.task_state.reject(user=user, comment=comment)
    Submission.objects.filter(pk=review.submission.pk).update(
        step=Step.CHANGES_ASKED, step_since=timezone.now(), due_at=deadline(), reminded_at=None, escalated_at=None
    )
    signals.changes_asked.send(sender=type(review.entry), entry=review.entry, user=user, revision=review.latest)


@transaction.atomic
def refuse(task_state: TaskState, user: Any, revision: int | None = None, stamp: str = "", comment: str = "") -> None:
    """Reject the entry with a reason; the team keeps its draft."""
    review = _open(task_state, user, revision, stamp)
    _need(comment, _("Give the reason."))
    _close(review.submission.pk, Step.REJECTED)
    _end_rejected(review.task_state, user, comment)
    WorkflowState.objects.get(pk=review.workflow_state.pk).cancel(user=user)
    history.note(history.REFUSE, review.entry, user, review.latest, comment=comment)
    signals.rejected.send(sender=type(review.entry), entry=review.entry, user=user, revision=review.latest)


def _end_rejected(task_state: TaskState, user: Any, comment: str) -> None:
    """End the step for good. Wagtail's own `reject` notes in the history that changes are asked for."""
    task_state.status, task_state.finished_at = TaskState.STATUS_REJECTED, timezone.now()
    task_state.finished_by, task_state.comment = user, comment
    task_state.save()


@transaction.atomic
def claim(task_state: TaskState, user: Any) -> None:
    """Take the review upon oneself. Of two who try, one gets it and the other is told."""
    lock(task_state.revision.object_id)
    submission = _submission(task_state)
    _refuse_if(rules.obstacle(user, submission, claiming=True))
    Submission.objects.filter(pk=submission.pk).update(claimed_by=user, claimed_at=timezone.now())
    history.note(history.CLAIM, submission.entry, user, task_state.revision)


@transaction.atomic
def release(task_state: TaskState, user: Any) -> None:
    """Give the review back; an administrator may release anybody's claim."""
    submission = _submission(task_state)
    held = Submission.objects.filter(pk=submission.pk).exclude(claimed_by=None)
    if not (held if user.is_superuser else held.filter(claimed_by=user)).update(claimed_by=None, claimed_at=None):
        raise Refused(_("You have no claim on this entry."))
    history.note(history.RELEASE, submission.entry, user, task_state.revision)


def cancelled(instance: WorkflowState, **_kwargs: Any) -> None:
    """Note that a submission ended undecided, whoever ended it; connected to Wagtail's `workflow_cancelled`."""
    submission = Submission.objects.running().filter(workflow_state=instance).select_related("entry").first()
    if submission is not None:
        _close(submission.pk, Step.WITHDRAWN)
        entry = submission.entry
        signals.withdrawn.send(
            sender=type(entry), entry=entry, user=_kwargs.get("user"), revision=entry.get_latest_revision()
        )


def revised(entry: EntryPage) -> None:
    """Called after a revision was saved: what an ethics moderator was to decide goes back to the editors."""
    submission = Submission.objects.filter(entry=entry.pk, step=Step.ETHICS).select_related("workflow_state").first()
    if submission is None:
        return
    current = submission.workflow_state.current_task_state
    if current is not None and current.revision_id != entry.latest_revision_id:
        _restart(current, None)


def _open(task_state: TaskState, user: Any, revision: int | None, shown: str) -> Review:
    """Lock the entry and refuse unless this person may decide now on what the form showed."""
    entry = lock(task_state.revision.object_id)
    task_state = TaskState.objects.select_related("workflow_state", "finished_by").get(pk=task_state.pk)
    if task_state.status != TaskState.STATUS_IN_PROGRESS:
        raise Refused(_already(task_state))
    submission = Submission.objects.select_related("entry", "claimed_by").get(workflow_state=task_state.workflow_state)
    _refuse_if(rules.obstacle(user, submission))
    latest = entry.get_latest_revision()
    _refuse_stale(entry, latest, revision, shown)
    if task_state.revision_id != latest.pk:
        task_state = _restart(task_state, user)
    return Review(entry, submission, task_state.workflow_state, task_state, latest)


def _restart(task_state: TaskState, user: Any) -> TaskState:
    """Let the review begin again on the latest revision: an editor corrected the text meanwhile."""
    state = WorkflowState.objects.get(pk=task_state.workflow_state_id)
    first = state.workflow.tasks.filter(active=True).first()
    current = TaskState.objects.get(pk=task_state.pk).specific
    current.status, current.finished_at = TaskState.STATUS_CANCELLED, timezone.now()
    current.save()
    state.update(user=user, next_task=first)
    state.refresh_from_db()
    begun: TaskState = TaskState.objects.select_related("workflow_state").get(pk=state.current_task_state_id)
    return begun


def _refuse_stale(entry: EntryPage, latest: Revision, revision: int | None, shown: str) -> None:
    if revision == latest.pk and shown == stamp(latest):
        return
    if revision is None:
        raise Refused(_("The form does not say which version it showed. Open the review again."))
    known = Revision.page_revisions.filter(pk=revision, object_id=str(entry.pk)).first()
    labels = changed_labels(known, latest) if known else []
    when = date_format(timezone.localtime(latest.created_at), "SHORT_DATETIME_FORMAT")
    values = {"person": latest.user or _("somebody"), "when": when}
    message = _("This is not the version that you read: %(person)s saved another one on %(when)s. Read it first.")
    raise Refused(message % values, [_("Changed: %(fields)s") % {"fields": ", ".join(labels)}] if labels else [])


def _already(task_state: TaskState) -> str:
    person = task_state.finished_by
    if person is None:
        return _("This step is over: nothing was decided now.")
    asked = Submission.objects.filter(workflow_state=task_state.workflow_state_id, step=Step.CHANGES_ASKED).exists()
    values = {"person": person, "outcome": Step.CHANGES_ASKED.label if asked else task_state.get_status_display()}
    return _("%(person)s was quicker. The step is over: %(outcome)s.") % values


def _submission(task_state: TaskState) -> Submission:
    rows = Submission.objects.select_related("entry", "claimed_by")
    return rows.get(workflow_state=task_state.workflow_state_id)


def _close(key: int, step: Step) -> None:
    now = timezone.now()
    Submission.objects.filter(pk=key).update(step=step, step_since=now, closed_at=now, due_at=None)


def _need(text: str, message: str) -> None:
    if not text.strip():
        raise Refused(message)


def _refuse_if(reason: str) -> None:
    if reason:
        raise Refused(reason)
