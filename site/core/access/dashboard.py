"""Dashboard and menu: what one submitted, edited or locked is shown only as long as one may know it from inside."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest

from wagtail.admin.site_summary import PagesSummaryItem, SummaryItem
from wagtail.admin.views import home
from wagtail.models import Page

from core.access.knowledge import inside, knows_all


class OwnSubmissionsPanel(home.UserObjectsInWorkflowModerationPanel):
    """What waits for moderators."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        states = list(context["workflow_states"])
        kept = _inside([state.content_object for state in states], context["request"])
        return {**context, "workflow_states": [state for state in states if state.content_object in kept]}


class OwnEditsPanel(home.RecentEditsPanel):
    """What one worked on lately."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        kept = _inside([page for _date, page in context["last_edits"]], context["request"])
        return {**context, "last_edits": [edit for edit in context["last_edits"] if edit[1] in kept]}


class OwnLocksPanel(home.LockedPagesPanel):
    """What one locked."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        return {**context, "locked_pages": inside(context["locked_pages"], context["request"].user)}


class OwnPagesItem(PagesSummaryItem):
    """The number of pages: Wagtail counts all below the highest page through which one's own are reached."""

    def get_context_data(self, parent_context: Any) -> Any:
        pages = Page.objects.filter(depth__gt=1)
        return {
            **super().get_context_data(parent_context),
            "total_pages": inside(pages, self.request.user).count(),
        }


PANELS: Final = {
    home.UserObjectsInWorkflowModerationPanel: OwnSubmissionsPanel,
    home.RecentEditsPanel: OwnEditsPanel,
    home.LockedPagesPanel: OwnLocksPanel,
}


OF_MODERATORS: Final = frozenset({"site-history", "page-types-usage"})
"""Menu items of `demands.OF_MODERATORS`."""


def narrow_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Put our panels in the place of Wagtail's."""
    panels[:] = [PANELS[type(panel)]() if type(panel) in PANELS else panel for panel in panels]


def narrow_summary(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Put our count in the place of Wagtail's."""
    items[:] = [OwnPagesItem(request) if type(item) is PagesSummaryItem else item for item in items]


def narrow_menu(request: HttpRequest, items: list[Any]) -> None:
    """Leave out the reports that are of moderators alone."""
    if not knows_all(request.user):
        items[:] = [item for item in items if item.name not in OF_MODERATORS]


def _inside(objects: list[Any], request: HttpRequest) -> list[Any]:
    """Those of the objects that are pages known from inside; anything else stays."""
    keys = [one.pk for one in objects if isinstance(one, Page)]
    known = set(inside(Page.objects.filter(pk__in=keys), request.user).values_list("pk", flat=True))
    return [one for one in objects if not isinstance(one, Page) or one.pk in known]
