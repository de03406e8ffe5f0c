"""Comments on what was submitted: Wagtail's own, so that the team finds them beside the fields in its editor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from wagtail.models import Comment

from cases.workflow import mails
from cases.workflow.forms import places

if TYPE_CHECKING:
    from accounts.models import User
    from cases.models import EntryPage
    from cases.workflow.models import Submission


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers."""

    place: str
    person: str
    when: datetime
    text: str
    resolved: bool
    replies: list[Thread]


@transaction.atomic
def add(submission: Submission, user: User, field: str, text: str) -> Comment:
    """Write a comment beside a field of the entry and tell those who take part."""
    entry = submission.entry
    comment = Comment(
        page_id=entry.pk, user=user, text=text, contentpath=field, revision_created_id=entry.latest_revision_id
    )
    comment.save()
    comment.log_create(page_revision=entry.latest_revision, user=user)
    mails.commented(submission, user, text)
    return comment


def threads(entry: EntryPage) -> list[Thread]:
    """All comments on the entry, oldest first; two SQL."""
    labels = places(entry.specific)
    rows = Comment.objects.filter(page=entry.pk).select_related("user").prefetch_related("replies__user")
    return [_thread(row, labels) for row in rows.order_by("created_at", "pk")]


def _thread(row: Any, labels: dict[str, Any]) -> Thread:
    replies = [Thread("", str(r.user), r.created_at, r.text, False, []) for r in row.replies.all()]
    place = str(labels.get(row.contentpath.split(".")[0], row.contentpath))
    return Thread(place, str(row.user), row.created_at, row.text, row.resolved_at is not None, replies)
