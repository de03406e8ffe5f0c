"""Why a moderator cannot decide on some of the rows of a list: the rules of the workflow, asked for all rows at once.

`cases.workflow.rules` has the last word when somebody acts; this only spares buttons that would be refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from wagtail.models import Revision, TaskState

from cases.workflow.models import Clearance, Submission
from cases.workflow.rules import claim_holder, holds_role


def hindrances(user: Any, rows: Sequence[Submission]) -> dict[int, str]:
    """The reason by submission, for those that have one; four SQL, whatever the number of rows."""
    own, written, approved = _submitted(user, rows), _written(user, rows), _approved(user, rows)
    found = {}
    for row in rows:
        if not row.is_under_review:
            found[row.pk] = _("with the team")
        elif not holds_role(user, row.step):
            found[row.pk] = _("for another role")
        elif row.pk in own or row.entry_id in written:
            found[row.pk] = _("your own work")
        elif row.workflow_state_id in approved:
            found[row.pk] = _("you approved it at another step")
        elif (holder := claim_holder(row)) and holder.pk != user.pk:
            found[row.pk] = _("claimed")
    return found


def _submitted(user: Any, rows: Iterable[Submission]) -> set[int]:
    through = Submission.submitters.through.objects.filter(submission__in=[row.pk for row in rows], user=user.pk)
    return set(through.values_list("submission_id", flat=True))


def _written(user: Any, rows: Iterable[Submission]) -> set[int]:
    """Entries of which this person saved a revision since the last one that was cleared."""
    entries = [row.entry_id for row in rows]
    cleared = _last_cleared(entries)
    mine = Revision.page_revisions.filter(object_id__in=[str(key) for key in entries], user=user.pk).order_by()
    last = mine.values("object_id").annotate(last=Max("pk")).values_list("object_id", "last")
    return {int(entry) for entry, revision in last if revision > cleared.get(int(entry), 0)}


def _last_cleared(entries: Iterable[int]) -> Mapping[int, int]:
    rows = Clearance.objects.filter(entry__in=list(entries)).order_by().values("entry")
    return dict(rows.annotate(last=Max("revision")).values_list("entry", "last"))


def _approved(user: Any, rows: Iterable[Submission]) -> set[int]:
    """Workflow states in which this person approved the version that is the newest."""
    latest = {row.workflow_state_id: row.entry.latest_revision_id for row in rows}
    mine = TaskState.objects.filter(
        workflow_state__in=list(latest), status=TaskState.STATUS_APPROVED, finished_by=user.pk
    )
    pairs = mine.values_list("workflow_state_id", "revision_id")
    return {state for state, revision in pairs if latest[state] == revision}
