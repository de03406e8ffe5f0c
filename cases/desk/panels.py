"""Panels of the admin's home page: what moderators have claimed and what waits longest; for authors, where theirs are.

They stand in the place of Wagtail's own two, which list every submission and ask the database for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel

from cases.desk.access import may_look, may_moderate
from cases.desk.queue import claimed
from cases.people import teams_of
from cases.workflow.models import Submission
from cases.workflow.state import Step

SHOWN: Final = 5


class DeskPanel(Component):
    """For moderators and reviewers: own claims, and the head of the queue."""

    name = "desk"
    template_name = "cases/desk/panel.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = (parent_context or {})["request"].user
        waiting = Submission.objects.under_review()
        context: dict[str, Any] = super().get_context_data(parent_context)
        mine = _first(waiting.filter(claimed(claimed_by=user.pk))) if may_moderate(user) else []
        held = waiting.filter(claimed()).values("pk")
        return {
            **context,
            "moderates": may_moderate(user),
            "mine": mine,
            "head": _first(waiting.exclude(pk__in=held)),
            "waiting": waiting.count(),
        }


class AuthorPanel(Component):
    """For people of teams: how far what they submitted is, and where the list of their cases is."""

    name = "my_cases"
    template_name = "cases/desk/author_panel.html"
    order = 105

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = (parent_context or {})["request"].user
        context: dict[str, Any] = super().get_context_data(parent_context)
        back = Count("pk", filter=Q(step=Step.CHANGES_ASKED))
        mine = Submission.objects.running().filter(submitted_by=user.pk)
        return {**context, **mine.aggregate(running=Count("pk"), back=back)}


def _first(rows: QuerySet[Submission]) -> list[Any]:
    first = list(rows.select_related("entry__team").order_by("step_since", "pk")[:SHOWN])
    now = timezone.now()
    for row in first:
        row.late = bool(row.due_at and row.due_at < now)  # type: ignore[attr-defined]
    return first


def change_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Put ours in the place of Wagtail's; a `construct_homepage_panels` hook."""
    replaced = (UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel)
    panels[:] = [panel for panel in panels if not isinstance(panel, replaced)]
    if may_look(request.user):
        panels.append(DeskPanel())
    if teams_of(request.user):
        panels.append(AuthorPanel())
