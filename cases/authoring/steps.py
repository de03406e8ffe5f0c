"""At which step each entry of a list is, in the query that lists them."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from wagtail.models import Revision

from cases.workflow.models import Submission
from cases.workflow.state import RUNNING, Step

NEW_DRAFT: Final = "new-draft"
STEPS: Final = (
    (Step.DRAFT.value, Step.DRAFT.label),
    *((step.value, step.label) for step in RUNNING),
    (Step.SCHEDULED.value, Step.SCHEDULED.label),
    (Step.PUBLISHED.value, Step.PUBLISHED.label),
    (NEW_DRAFT, _("Published, with a newer draft")),
)
LABELS: Final = dict(STEPS)


def with_step(entries: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate `step`, a key of `LABELS`, and `scheduled_for`; no query more."""
    running = Submission.objects.running().filter(entry=OuterRef("pk")).order_by("-pk")
    scheduled = Revision.page_revisions.filter(
        object_id=Cast(OuterRef("pk"), CharField()), approved_go_live_at__isnull=False
    )
    return entries.annotate(
        scheduled_for=Subquery(scheduled.order_by("approved_go_live_at").values("approved_go_live_at")[:1]),
        running=Subquery(running.values("step")[:1]),
        step=Case(
            When(running__isnull=False, then="running"),
            When(scheduled_for__isnull=False, then=Value(Step.SCHEDULED.value)),
            When(live=True, has_unpublished_changes=True, then=Value(NEW_DRAFT)),
            When(live=True, then=Value(Step.PUBLISHED.value)),
            default=Value(Step.DRAFT.value),
            output_field=CharField(),
        ),
    )
