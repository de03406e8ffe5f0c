"""At which step each entry of a list is, in the query that lists them."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Case, CharField, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from wagtail.models import WorkflowState, get_default_page_content_type

STEPS: Final = (
    ("draft", _("Draft")),
    ("submitted", _("Submitted")),
    ("changes", _("Changes asked for")),
    ("published", _("Published")),
    ("new-draft", _("Published, with a newer draft")),
)
LABELS: Final = dict(STEPS)


def with_step(entries: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate `step`, a key of `LABELS`; no query more."""
    states = WorkflowState.objects.filter(base_content_type=get_default_page_content_type())
    states = states.annotate(page_key=Cast("object_id", IntegerField())).filter(page_key=OuterRef("pk"))
    newest = Subquery(states.order_by("-created_at", "-pk").values("status")[:1])
    return entries.annotate(
        workflow_status=newest,
        step=Case(
            When(workflow_status=WorkflowState.STATUS_IN_PROGRESS, then=Value("submitted")),
            When(workflow_status=WorkflowState.STATUS_NEEDS_CHANGES, then=Value("changes")),
            When(live=True, has_unpublished_changes=True, then=Value("new-draft")),
            When(live=True, then=Value("published")),
            default=Value("draft"),
            output_field=CharField(),
        ),
    )
