"""At which step each entry of a list is, in the query that lists them."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from cases.workflow.models import Submission
from cases.workflow.state import RUNNING, Step

NEW_DRAFT: Final = "new-draft"
STEPS: Final = (
    (Step.DRAFT.value, Step.DRAFT.label),
    *((step.value, step.label) for step in RUNNING),
    (Step.PUBLISHED.value, Step.PUBLISHED.label),
    (NEW_DRAFT, _("Published, with a newer draft")),
)
LABELS: Final = dict(STEPS)


def with_step(entries: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate `step`, a key of `LABELS`; no query more."""
    running = Submission.objects.running().filter(entry=OuterRef("pk")).order_by("-pk")
    return entries.annotate(
        running=Subquery(running.values("step")[:1]),
        step=Case(
            When(running__isnull=False, then="running"),
            When(live=True, has_unpublished_changes=True, then=Value(NEW_DRAFT)),
            When(live=True, then=Value(Step.PUBLISHED.value)),
            default=Value(Step.DRAFT.value),
            output_field=CharField(),
        ),
    )
