"""What is under review: as a list, and as panels on the first page of the admin. A constant number of SQL."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel

from cases import people
from cases.workflow.models import Submission, SubmissionQuerySet
from cases.workflow.state import RUNNING, UNDER_REVIEW, Step
from cases.workflow.views.review import CommentView, PreviewView, ReviewView, TakeBackView

PER_PAGE: Final = 50
ON_FIRST_PAGE: Final = 10


def readable(user: Any) -> SubmissionQuerySet:
    """The running submissions that this person may read, the oldest first."""
    rows = Submission.objects.filter(step__in=RUNNING)
    if not people.is_moderator(user):
        own = _own(user)
        rows = rows.filter(own | Q(step__in=UNDER_REVIEW) if people.is_reviewer(user) else own)
    return rows.order_by("step_since", "pk").select_related("entry__team", "claimed_by")


def to_decide(user: Any) -> SubmissionQuerySet:
    """What waits for somebody with this person's role, and is claimed by nobody else."""
    steps = [Step.SUBMITTED] if people.is_editor(user) else []
    steps += [Step.ETHICS] if people.is_ethics(user) else []
    free = Q(claimed_by=None) | Q(claimed_by=user)
    return readable(user).filter(free, step__in=steps).exclude(submitters=user)


def _own(user: Any) -> Q:
    teams = people.teams_of(user)
    return Q(entry__team__in=teams) | Q(entry__original__co_teams__in=teams) | Q(entry__co_teams__in=teams)


class ReviewsView(WagtailAdminTemplateMixin, TemplateView):
    """Everything under review that the person may read."""

    template_name = "cases/workflow/reviews.html"
    page_title = gettext_lazy("Reviews")
    header_icon = "clipboard-list"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(readable(self.request.user).distinct(), PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(page=page, rows=page.object_list, **kwargs)


class SubmissionsPanel(Component):
    """Some submissions on the first page of the admin."""

    template_name = "cases/workflow/home_panel.html"

    def __init__(self, name: str, heading: Any, rows: SubmissionQuerySet, order: int) -> None:
        self.name, self.heading, self.rows, self.order = name, heading, rows, order

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        rows = list(self.rows.distinct()[: ON_FIRST_PAGE + 1])
        return {"panel": self, "rows": rows[:ON_FIRST_PAGE], "more": len(rows) > ON_FIRST_PAGE}


def homepage_panels(request: HttpRequest, panels: list[Any]) -> None:
    """In the place of Wagtail's panels, which ask the database again for each row; a hook."""
    stock = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)
    panels[:] = [panel for panel in panels if not isinstance(panel, stock)]
    user = request.user
    if people.is_moderator(user):
        panels.append(SubmissionsPanel("to-decide", gettext_lazy("Waits for your decision"), to_decide(user), 210))
    elif people.is_reviewer(user):
        under_review = readable(user).filter(step__in=UNDER_REVIEW)
        panels.append(SubmissionsPanel("to-read", gettext_lazy("Under review: read and comment"), under_review, 210))
    if people.teams_of(user):
        own = Submission.objects.filter(_own(user), step__in=RUNNING).order_by("-step_since", "-pk")
        rows = own.select_related("entry__team", "claimed_by")
        panels.append(SubmissionsPanel("submitted", gettext_lazy("What your team submitted"), rows, 220))


class ReviewsItem(MenuItem):
    """Shown to whoever may find something there."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = request.user
        return bool(people.is_moderator(user) or people.is_reviewer(user) or people.teams_of(user))


def menu_item() -> MenuItem:
    """“Reviews” in the main menu."""
    return ReviewsItem(gettext_lazy("Reviews"), reverse("reviews"), name="reviews", icon_name="view", order=95)


def addresses() -> list[Any]:
    """Everything below `/admin/reviews/`; decisions go to Wagtail's own address of workflow actions."""
    return [
        path("reviews/", ReviewsView.as_view(), name="reviews"),
        path("reviews/<int:page_id>/", ReviewView.as_view(), name="review"),
        path("reviews/<int:page_id>/preview/", PreviewView.as_view(), name="review_preview"),
        path("reviews/<int:page_id>/comment/", CommentView.as_view(), name="review_comment"),
        path("reviews/<int:page_id>/take-back/", TakeBackView.as_view(), name="review_take_back"),
    ]
