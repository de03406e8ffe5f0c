"""Who is told what, in their language: the content of the mails of each step (`templates/mail/review-*.txt`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.models import TaskState

from cases import people
from cases.workflow.authors import authors
from cases.workflow.models import Submission
from cases.workflow.state import Step
from core import mailing

if TYPE_CHECKING:
    from wagtail.models import Revision

    from accounts.models import User
    from cases.models import EntryPage

SUBMITTED: Final = "review-submitted"
ETHICS: Final = "review-ethics"
CHANGES: Final = "review-changes-asked"
REJECTED: Final = "review-rejected"
OUTCOME: Final = "review-outcome"
SCHEDULED: Final = "review-scheduled"
PUBLISHED: Final = "review-published"
TAKEN_BACK: Final = "review-taken-back"
COMMENTED: Final = "review-comment"
REMINDER: Final = "review-reminder"
TEAM_REMINDER: Final = "review-team-reminder"
ESCALATION: Final = "review-escalation"
FAILED: Final = "schedule-failed"

KINDS: Final = (
    (SUBMITTED, _("An entry waits for an editor"), True),
    (ETHICS, _("A sensitive case waits for an ethics moderator"), True),
    (CHANGES, _("Changes to your entry are asked for"), False),
    (REJECTED, _("Your entry was rejected"), False),
    (OUTCOME, _("Entries that you approved are sent back or rejected at the next step"), True),
    (SCHEDULED, _("Your entry was approved for a later day"), False),
    (PUBLISHED, _("Your entry was published"), False),
    (TAKEN_BACK, _("A submission that you claimed was taken back"), True),
    (COMMENTED, _("Comments on entries under review"), True),
    (REMINDER, _("Reminders of reviews that are due"), True),
    (TEAM_REMINDER, _("Reminders of changes that were asked for"), True),
    (ESCALATION, _("Reviews that are overdue"), False),
    (FAILED, _("A scheduled entry could not go live"), False),
)


def register() -> None:
    """Make the kinds known; called in `AppConfig.ready`."""
    for name, label, optional in KINDS:
        mailing.register_kind(name, label, optional)


def submitted(entry: EntryPage, user: Any, revision: Revision, **_more: Any) -> None:
    """Editors who may decide on it, or the one who has claimed it."""
    submission = _submission(entry)
    holder = submission.claimed_by
    to = [holder] if holder is not None else _without_authors(people.editors(), entry)
    _send(SUBMITTED, to, submission, person=str(user or ""))


def approved(entry: EntryPage, user: Any, revision: Revision, **_more: Any) -> None:
    """Ethics moderators when it is their turn; the team when it is to go live later."""
    submission = _submission(entry)
    if submission.step == Step.ETHICS:
        others = [one for one in _without_authors(people.ethics_moderators(), entry) if one.pk != user.pk]
        _send(ETHICS, others, submission, person=str(user))
    elif submission.step == Step.APPROVED and submission.go_live_at and not _is_live(entry, revision):
        _send(SCHEDULED, _team(submission), submission, go_live_at=submission.go_live_at)


def changes_asked(entry: EntryPage, user: Any, revision: Revision, **_more: Any) -> None:
    """The team, with what has to be changed; the editor who had approved it."""
    submission = _submission(entry)
    text = _last_comment(submission)
    _send(CHANGES, _team(submission), submission, person=str(user), text=text)
    _send(OUTCOME, _approvers(submission, user), submission, person=str(user), text=text, rejected=False)


def rejected(entry: EntryPage, user: Any, revision: Revision, **_more: Any) -> None:
    """The team, with the reason; the editor who had approved it."""
    submission = _submission(entry)
    text = _last_comment(submission)
    _send(REJECTED, _team(submission), submission, person=str(user), text=text)
    _send(OUTCOME, _approvers(submission, user), submission, person=str(user), text=text, rejected=True)


def published(entry: EntryPage, user: Any, revision: Revision, **_more: Any) -> None:
    """The team, once what it submitted is public; nobody when the system published."""
    submission = Submission.objects.filter(clearance__revision=revision).select_related(*_RELATED).first()
    if submission is not None:
        _send(PUBLISHED, _team(submission), submission, public=mailing.absolute(entry.get_url() or ""))


def withdrawn(entry: EntryPage, user: Any, revision: Revision, **_more: Any) -> None:
    """Whoever had claimed the review."""
    submission = _submission(entry)
    if submission.claimed_by is not None and submission.claimed_by != user:
        _send(TAKEN_BACK, [submission.claimed_by], submission, person=str(user or ""))


def commented(submission: Submission, user: User, text: str) -> None:
    """Whoever submitted or claimed it, and all who commented before."""
    keys = set(submission.entry.wagtail_admin_comments.values_list("user_id", flat=True))
    keys |= {submission.submitted_by_id, submission.claimed_by_id} - {None}
    others = get_user_model().objects.filter(pk__in=keys - {user.pk}).order_by("pk")
    _send(
        COMMENTED, [one for one in others if _may_still_read(one, submission)], submission, person=str(user), text=text
    )


def remind(submission: Submission) -> int:
    """A few days before a step is due: whoever has to act."""
    if submission.step == Step.CHANGES_ASKED:
        return _send(TEAM_REMINDER, _team(submission), submission, text=_last_comment(submission))
    return _send(REMINDER, _deciders(submission), submission)


def escalate(submission: Submission) -> int:
    """When a step is overdue: all who may decide, and administrators."""
    administrators = get_user_model().objects.filter(is_superuser=True, is_active=True).order_by("pk")
    return _send(ESCALATION, [*_all_deciders(submission), *administrators], submission)


def failed(entry: EntryPage, reasons: list[str]) -> int:
    """Editors and the team: what was approved for now did not go live."""
    submission = Submission.objects.of(entry).select_related(*_RELATED).first()
    to = [*people.editors(), *people.members(entry.team)]
    link = mailing.absolute(reverse("wagtailadmin_pages:edit", args=[entry.pk]))
    about = submission.entry if submission else entry
    return mailing.send(FAILED, to, {**_facts(about), "link": link, "reasons": reasons}, about=entry.reference)


_RELATED: Final = ("entry__team", "claimed_by", "submitted_by", "workflow_state__current_task_state")


def _submission(entry: EntryPage) -> Submission:
    return Submission.objects.of(entry).select_related(*_RELATED)[:1].get()


def _send(kind: str, to: Iterable[Any], submission: Submission, **more: Any) -> int:
    entry = submission.entry
    link = mailing.absolute(reverse("review", args=[entry.pk]))
    facts = {**_facts(entry), "link": link, "step": submission.get_step_display(), "due": submission.due_at, **more}
    return mailing.send(kind, to, facts, about=entry.reference)


def _facts(entry: EntryPage) -> dict[str, Any]:
    return {"title": entry.get_admin_display_title(), "reference": entry.reference, "team": entry.team.name}


def _team(submission: Submission) -> list[Any]:
    """The members of the team and of its co-authors, and whoever submitted, if that was somebody else."""
    entry = submission.entry
    source = entry.original or entry
    found = [*people.members(entry.team)]
    for team in source.co_teams.all():
        found += people.members(team)
    if submission.submitted_by is not None:
        found.append(submission.submitted_by)
    return list({one.pk: one for one in found}.values())


def _deciders(submission: Submission) -> list[Any]:
    return [submission.claimed_by] if submission.claimed_by is not None else _all_deciders(submission)


def _all_deciders(submission: Submission) -> list[Any]:
    role = people.ethics_moderators() if submission.step == Step.ETHICS else people.editors()
    return _without_authors(role, submission.entry)


def _without_authors(users: Iterable[Any], entry: EntryPage) -> list[Any]:
    writers = authors(entry.pk)
    return [user for user in users if user.pk not in writers]


def _approvers(submission: Submission, user: Any) -> list[Any]:
    """Who approved, at an earlier step, what `user` now sent back; who approved before the last submission did not."""
    approvals = TaskState.objects.filter(
        workflow_state=submission.workflow_state_id,
        status=TaskState.STATUS_APPROVED,
        finished_at__gte=submission.submitted_at,
    )
    keys = approvals.exclude(finished_by=None).exclude(finished_by=user).values("finished_by")
    found = get_user_model().objects.filter(pk__in=keys).order_by("pk")
    return [one for one in found if _may_still_read(one, submission)]


def _last_comment(submission: Submission) -> str:
    rows = TaskState.objects.filter(workflow_state=submission.workflow_state_id, status=TaskState.STATUS_REJECTED)
    return rows.order_by("-finished_at", "-pk").values_list("comment", flat=True).first() or ""


def _is_live(entry: EntryPage, revision: Revision) -> bool:
    return bool(type(entry)._default_manager.filter(pk=entry.pk, live=True, live_revision=revision).exists())


def _may_still_read(user: Any, submission: Submission) -> bool:
    from cases.workflow import rules

    return bool(user.is_active and rules.may_read(user, submission))
