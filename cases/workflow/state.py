"""The answer to “how far is this entry?”."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from wagtail.models import TaskState

    from accounts.models import User
    from cases.workflow.models import Submission


class Step(models.TextChoices):
    """How far an entry is; the first three are steps of a submission that runs."""

    SUBMITTED = "submitted", _("Waits for an editor")
    ETHICS = "ethics", _("Waits for an ethics moderator")
    CHANGES_ASKED = "changes-asked", _("Changes asked for")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Taken back")
    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")


RUNNING = (Step.SUBMITTED, Step.ETHICS, Step.CHANGES_ASKED)
"""Steps of a submission that is not decided yet."""
UNDER_REVIEW = (Step.SUBMITTED, Step.ETHICS)
"""Steps at which moderators are asked to decide."""


def scheduled_label(when: datetime) -> str:
    """That something goes live then, in the language and time zone of the person."""
    return gettext("Scheduled for %(date)s") % {"date": date_format(localtime(when), "DATETIME_FORMAT")}


@dataclass(frozen=True, slots=True)
class State:
    """Where an entry stands: `live` says whether the public reads an earlier (or this) version meanwhile."""

    step: Step
    live: bool = False
    submission: Submission | None = None
    task_state: TaskState | None = None
    claimed_by: User | None = None
    due: datetime | None = None
    submitted_by: User | None = None
    submitted_at: datetime | None = None
    scheduled_for: datetime | None = None
    """When what was approved goes live by itself."""

    @property
    def label(self) -> str:
        """The step in words; with its time, in the time zone of the person."""
        if self.step == Step.SCHEDULED and self.scheduled_for is not None:
            return scheduled_label(self.scheduled_for)
        return str(self.step.label)

    @property
    def under_review(self) -> bool:
        """Whether moderators are to decide."""
        return self.step in UNDER_REVIEW
