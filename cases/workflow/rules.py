"""Who may do what with an entry on its way: the one place, asked by pages, modals, tasks and at the very end again.

Administrators hold every role, but no role lets anybody decide on own work: that is asked of persons, not of groups.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.models import TaskState

from cases import people
from cases.workflow.authors import authors
from cases.workflow.models import EditorTask, EthicsTask, Submission
from cases.workflow.sensitivity import needs_ethics
from cases.workflow.state import UNDER_REVIEW, Step

if TYPE_CHECKING:
    from wagtail.models import Revision, WorkflowState

    from accounts.models import User
    from cases.models import EntryPage

APPROVE: Final = "approve"
ASK: Final = "reject"
"""Wagtail's name for sending an entry back."""
REFUSE: Final = "refuse"
CLAIM: Final = "claim"
RELEASE: Final = "release"
COMMENT: Final = "comment"
DECISIONS: Final = (APPROVE, ASK, REFUSE)
KEEP: Final = "keep"
"""Approve for the time that the draft itself names: what nobody mentioned lifts no embargo."""
LABELS: Final = {
    APPROVE: gettext_lazy("Approve"),
    ASK: gettext_lazy("Ask for changes"),
    REFUSE: gettext_lazy("Reject"),
    CLAIM: gettext_lazy("Claim"),
    RELEASE: gettext_lazy("Release the claim"),
    COMMENT: gettext_lazy("Comment"),
}


class Refused(PermissionDenied):
    """Something may not be done; the text says why, `details` what exactly."""

    def __init__(self, message: str, details: Iterable[Any] = ()) -> None:
        self.details = tuple(details)
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved which revision; `ethics` is empty where the case is not sensitive."""

    revision: Revision
    editor: User
    ethics: User | None = None


def holds_role(user: Any, step: str) -> bool:
    """Whether this person's role decides at `step`."""
    return people.is_ethics(user) if step == Step.ETHICS else people.is_editor(user)


def may_correct(user: Any) -> bool:
    """Whether this person may edit an entry while it is under review; whoever does, cannot approve it any more."""
    return people.is_moderator(user)


def may_read(user: Any, submission: Submission) -> bool:
    """Whether this person may read what was submitted, and comment on it."""
    if people.is_moderator(user) or people.is_of_team(user, submission.entry):
        return True
    return people.is_reviewer(user) and submission.is_under_review


def may_comment(user: Any, submission: Submission) -> bool:
    """Whether this person may comment: whoever reads it, until it is decided."""
    return submission.is_running and may_read(user, submission)


def may_take_back(user: Any, submission: Submission) -> bool:
    """Whether this person may end the submission before it is decided: the team, and whoever submitted."""
    if not submission.is_running:
        return False
    own = submission.submitted_by_id == user.pk or people.is_of_team(user, submission.entry)
    return bool(user.is_active and (own or user.is_superuser))


def actions(entry: Any, user: Any) -> list[tuple[str, Any, bool]]:
    """What this person may do with an entry under review, as Wagtail lists it: name, label, whether a form follows."""
    submission = Submission.objects.under_review().filter(entry=entry.pk).select_related("entry", "claimed_by").first()
    if submission is None or not may_read(user, submission):
        return []
    names = [COMMENT]
    if not obstacle(user, submission):
        names = [RELEASE if submission.claimed_by_id == user.pk else CLAIM, COMMENT, ASK, REFUSE, APPROVE]
    return [(name, LABELS[name], name not in {CLAIM, RELEASE}) for name in names]


def obstacle(user: Any, submission: Submission, *, claiming: bool = False) -> str:
    """Why this person may not decide on the submission now; empty when nothing hinders."""
    return _of_step(user, submission) or _of_person(user, submission) or _of_others(user, submission, claiming)


def _of_step(user: Any, submission: Submission) -> str:
    if submission.step not in UNDER_REVIEW:
        return _("Nothing is to be decided: the entry is not under review any more.")
    if holds_role(user, submission.step):
        return ""
    if submission.step == Step.ETHICS:
        return _("At this step an ethics moderator decides.")
    return _("At this step an editor decides.")


def _of_person(user: Any, submission: Submission) -> str:
    """Nobody decides on own work, and two steps are two persons; administrators are no exception."""
    if submission.submitters.filter(pk=user.pk).exists():
        return _("You submitted this entry: somebody else has to decide.")
    if user.pk in authors(submission.entry_id):
        return _("You saved a version of this entry since it was last approved: somebody else has to decide.")
    if approved_before(user, submission):
        return _("You approved this version at another step: a second person has to decide.")
    return ""


def approved_before(user: Any, submission: Submission) -> bool:
    """Whether this person approved the latest revision at the other step."""
    mine = TaskState.objects.filter(
        workflow_state=submission.workflow_state_id, status=TaskState.STATUS_APPROVED, finished_by=user.pk
    )
    return bool(mine.filter(revision=submission.entry.latest_revision_id).exists())


def _of_others(user: Any, submission: Submission, claiming: bool) -> str:
    holder = claim_holder(submission)
    if holder is not None and holder.pk != user.pk:
        since = date_format(timezone.localtime(submission.claimed_at), "SHORT_DATETIME_FORMAT")
        return _("%(person)s has claimed this entry since %(since)s.") % {"person": holder, "since": since}
    entry = submission.entry
    if not claiming and entry.locked and entry.locked_by_id != user.pk:
        return _("The entry is locked by %(person)s.") % {"person": entry.locked_by or _("somebody")}
    return ""


def claim_holder(submission: Submission) -> User | None:
    """Who has claimed it; a claim that nobody used for days has lapsed."""
    if submission.claimed_by is None or submission.claimed_at is None or not submission.claimed_by.is_active:
        return None
    return submission.claimed_by if submission.claimed_at > oldest_claim() else None


def oldest_claim() -> Any:
    """Claims made before this moment have lapsed."""
    return timezone.now() - timedelta(days=settings.MODERATION_CLAIM_DAYS)


def approval_of(workflow_state: WorkflowState, entry: EntryPage) -> Approval:
    """The approvals that let an entry go live. Raises `Refused` unless each is by another person with the right."""
    editor = _last_approval(workflow_state, EditorTask)
    if editor is None:
        raise Refused(_("No editor has approved this entry."))
    writers = authors(entry.pk) | frozenset(_submitters(workflow_state))
    _refuse_wrong(editor, writers, people.is_editor)
    if not needs_ethics(entry, editor.revision):
        return Approval(editor.revision, editor.finished_by)
    ethics = _last_approval(workflow_state, EthicsTask)
    if ethics is None or ethics.revision_id != editor.revision_id:
        raise Refused(_("The case is sensitive, and no ethics moderator has approved this version."))
    _refuse_wrong(ethics, writers | {editor.finished_by_id}, people.is_ethics)
    return Approval(editor.revision, editor.finished_by, ethics.finished_by)


def _last_approval(workflow_state: WorkflowState, model: type) -> TaskState | None:
    approvals = TaskState.objects.filter(workflow_state=workflow_state, status=TaskState.STATUS_APPROVED)
    mine = approvals.filter(task__in=model._default_manager.values("pk"))  # type: ignore[attr-defined]
    return mine.select_related("revision", "finished_by").order_by("-finished_at", "-pk").first()


def _submitters(workflow_state: WorkflowState) -> Iterable[int]:
    return Submission.submitters.through.objects.filter(submission__workflow_state=workflow_state.pk).values_list(
        "user_id", flat=True
    )


def _refuse_wrong(approval: TaskState, others: frozenset[int], has_role: Any) -> None:
    person = approval.finished_by
    if person is None or not has_role(person):
        raise Refused(_("The approval on record is not by somebody who may give it."))
    if person.pk in others:
        raise Refused(_("Nobody approves own work: %(person)s had a part in this version.") % {"person": person})
