"""The buttons at the foot of the editor of an entry: it is saved and submitted there, and decided on in the review."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    PublishMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
    UnpublishMenuItem,
    WorkflowMenuItem,
)

from cases.models import CountryTeamPage, EntryPage
from cases.workflow import rules
from cases.workflow.models import Submission

NOT_FOR_ENTRIES = (
    CancelWorkflowMenuItem,
    PublishMenuItem,
    RestartWorkflowMenuItem,
    UnpublishMenuItem,
    WorkflowMenuItem,
)


class SubmitItem(SubmitForModerationMenuItem):
    """Submit, for the first time or again."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        page = context.get("page")
        again = page is not None and page.current_workflow_state is not None
        return {**context, "label": _("Submit again") if again else _("Submit for review")}


class ReviewItem(ActionMenuItem):
    """The way to the review."""

    name = "action-review"
    label = _("Open the review")
    icon_name = "view"

    def is_shown(self, context: Any) -> bool:
        return True

    def get_url(self, parent_context: Any) -> str:
        return reverse("review", args=[parent_context["page"].pk])


class TakeBackItem(CancelWorkflowMenuItem):
    """For the team, which cannot edit what is under review."""

    label = _("Take the submission back")

    def is_shown(self, context: Any) -> bool:
        return True


def action_menu(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Change what Wagtail offers for entries; a hook."""
    page = context.get("page")
    parent = context.get("parent_page")
    if not isinstance(page, EntryPage) and not (page is None and isinstance(parent, CountryTeamPage)):
        return
    items[:] = [_ours(item) for item in items if not isinstance(item, NOT_FOR_ENTRIES)]
    if page is None or context["view"] != "edit":
        return
    running = Submission.objects.running().filter(entry=page.pk).select_related("entry").first()
    if running is None:
        return
    items.append(ReviewItem(order=70))
    if rules.may_take_back(request.user, running):
        items.append(TakeBackItem(order=80))


def _ours(item: Any) -> Any:
    return SubmitItem(order=item.order) if isinstance(item, SubmitForModerationMenuItem) else item
