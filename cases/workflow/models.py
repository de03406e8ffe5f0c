"""What the workflow remembers beside Wagtail's states: submissions, clearances, and the two tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.models import Revision, Task, TaskState, WorkflowState

from cases.workflow.locks import ReviewLock
from cases.workflow.state import RUNNING, UNDER_REVIEW, Step

if TYPE_CHECKING:
    from django.db.models import QuerySet

USER = settings.AUTH_USER_MODEL
STEPS = [(step.value, step.label) for step in Step if step not in {Step.DRAFT, Step.SCHEDULED, Step.PUBLISHED}]


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """The groups of submissions that lists ask for."""

    def running(self) -> SubmissionQuerySet:
        """Not decided yet, or back with the team."""
        return self.filter(step__in=RUNNING)

    def under_review(self) -> SubmissionQuerySet:
        """Moderators are to decide."""
        return self.filter(step__in=UNDER_REVIEW)

    def of(self, entry: Any) -> SubmissionQuerySet:
        """The submissions of one entry, newest first."""
        return self.filter(entry=entry.pk).order_by("-pk")


class Submission(models.Model):
    """One way of an entry through moderation: one row for each of Wagtail's workflow states, made to be listed."""

    class Risk(models.IntegerChoices):
        """What moderators should know before they open it."""

        ORDINARY = 0, _("ordinary")
        PROPOSED = 1, _("groups or consent basis suggest that it is sensitive")
        SENSITIVE = 2, _("sensitive")

    workflow_state = models.OneToOneField(WorkflowState, on_delete=models.CASCADE, related_name="submission")
    entry = models.ForeignKey("cases.EntryPage", on_delete=models.CASCADE, related_name="submissions")
    step = models.CharField(_("step"), max_length=20, choices=STEPS, default=Step.SUBMITTED)
    step_since = models.DateTimeField(_("at this step since"), default=timezone.now)
    risk = models.PositiveSmallIntegerField(_("risk"), choices=Risk, default=Risk.ORDINARY)
    submitted_by = models.ForeignKey(
        USER, verbose_name=_("submitted by"), null=True, on_delete=models.SET_NULL, related_name="submissions"
    )
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now)
    submitters: models.ManyToManyField[Any, Any] = models.ManyToManyField(USER, related_name="+")
    """All who ever submitted it on this way: none of them may approve it."""
    claimed_by = models.ForeignKey(
        USER, verbose_name=_("claimed by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="claims"
    )
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    go_live_at = models.DateTimeField(_("to go live"), null=True, blank=True)
    """When the editor who approved wants it to go live; none for at once."""
    expire_at = models.DateTimeField(_("public until"), null=True, blank=True)
    """Until when the editor who approved wants it to be public; none for good."""
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["step", "step_since"], name="submission_queue"),
            models.Index(fields=["due_at"], condition=Q(closed_at=None), name="submission_due"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.step}"

    @property
    def is_running(self) -> bool:
        """Whether it is not decided yet."""
        return self.step in RUNNING

    @property
    def is_under_review(self) -> bool:
        """Whether moderators are to decide."""
        return self.step in UNDER_REVIEW


class Clearance(models.Model):
    """That one revision may go live, and who said so. Without one, no door publishes an entry (see `door`)."""

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="clearance")
    entry = models.ForeignKey("cases.EntryPage", on_delete=models.CASCADE, related_name="clearances")
    reason = models.CharField(_("reason"), max_length=80)
    submission = models.OneToOneField(
        Submission, null=True, blank=True, on_delete=models.SET_NULL, related_name="clearance"
    )
    editor = models.ForeignKey(
        USER, verbose_name=_("approved by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ethics = models.ForeignKey(
        USER, verbose_name=_("ethics approval"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("cleared"), default=timezone.now)
    trouble = models.TextField(_("why it did not go live"), blank=True)

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.reason}"


class ReviewTask(Task):
    """A step of the workflow at which one person decides; `cases.workflow.rules` says who, also of administrators."""

    step: ClassVar[Step]
    lock_class = ReviewLock

    class Meta:
        abstract = True

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Begin the step on the latest revision; refuses a submission with gaps."""
        from cases.workflow import steps

        return steps.start(self, workflow_state, user, super().start)

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Decide; raises `rules.Refused` with the reason."""
        from cases.workflow import decisions

        return decisions.act(task_state, user, action_name, **kwargs)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """What this person may do with the entry at this step."""
        from cases.workflow import rules

        return rules.actions(obj, user)

    def get_form_for_action(self, action: str) -> Any:
        """The form of a decision: it carries the revision that was shown."""
        from cases.workflow.forms import form_for

        return form_for(action)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Keep the text still while it is under review: only those who moderate may correct it."""
        from cases.workflow import rules

        return not rules.may_correct(user)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Being asked to decide opens no editor; the permission tester does."""
        return False

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        """The entries that wait at this step for somebody with this person's role."""
        from cases.workflow import rules

        running: QuerySet[TaskState] = TaskState.objects.filter(task=self.pk, status=TaskState.STATUS_IN_PROGRESS)
        return running if rules.holds_role(user, self.step) else running.none()


class EditorTask(ReviewTask):
    """An editor decides."""

    step = Step.SUBMITTED

    class Meta:
        verbose_name = _("editor's approval")

    @classmethod
    def get_description(cls) -> Any:
        return _("An editor who has no part in the text reads the entry and decides")


class EthicsTask(ReviewTask):
    """An ethics moderator decides on sensitive entries; all others pass by."""

    step = Step.ETHICS

    class Meta:
        verbose_name = _("ethics approval")

    @classmethod
    def get_description(cls) -> Any:
        return _("A second person decides on sensitive cases; other entries pass by")
