"""How far entries are, in three queries for any number of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from wagtail.models import Revision

from cases.models import EntryPage
from cases.workflow.models import Submission
from cases.workflow.state import RUNNING, State, Step


def ask(entries: list[EntryPage]) -> dict[int, State]:
    """The state of each entry by primary key; one that is not saved yet is a draft."""
    saved = [entry for entry in entries if entry.pk]
    last, scheduled = _last_submissions(saved), _scheduled(saved)
    return {entry.pk: _state(entry, last.get(entry.pk), scheduled.get(entry.pk)) for entry in entries}


def _state(entry: EntryPage, submission: Submission | None, scheduled: datetime | None) -> State:
    if submission is not None and submission.step in RUNNING:
        return _running(entry, submission)
    step = Step.DRAFT
    if scheduled is not None:
        step = Step.SCHEDULED
    elif entry.live and not entry.has_unpublished_changes:
        step = Step.PUBLISHED
    elif submission is not None and submission.step == Step.REJECTED and _is_about_latest(entry, submission):
        step = Step.REJECTED
    return State(
        step,
        live=entry.live,
        submission=submission,
        submitted_by=submission.submitted_by if submission else None,
        submitted_at=submission.submitted_at if submission else None,
        scheduled_for=scheduled,
    )


def _running(entry: EntryPage, submission: Submission) -> State:
    return State(
        Step(submission.step),
        live=entry.live,
        submission=submission,
        task_state=submission.workflow_state.current_task_state,
        claimed_by=submission.claimed_by,
        due=submission.due_at,
        submitted_by=submission.submitted_by,
        submitted_at=submission.submitted_at,
    )


def _is_about_latest(entry: EntryPage, submission: Submission) -> bool:
    task_state = submission.workflow_state.current_task_state
    return task_state is not None and task_state.revision_id == entry.latest_revision_id


def _last_submissions(entries: Iterable[EntryPage]) -> dict[int, Submission]:
    newest = Submission.objects.filter(entry__in=[entry.pk for entry in entries]).order_by().values("entry")
    rows = Submission.objects.filter(pk__in=newest.annotate(last=Max("pk")).values("last"))
    people = ("submitted_by", "claimed_by", "workflow_state__current_task_state")
    return {row.entry_id: row for row in rows.select_related(*people)}


def _scheduled(entries: Iterable[EntryPage]) -> dict[int, datetime]:
    rows = Revision.page_revisions.filter(
        object_id__in=[str(entry.pk) for entry in entries], approved_go_live_at__isnull=False
    )
    last_first = rows.order_by("-approved_go_live_at", "pk")  # of several, the first to come stays
    return {int(pk): when for pk, when in last_first.values_list("object_id", "approved_go_live_at")}
