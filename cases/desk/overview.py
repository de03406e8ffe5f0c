"""The first page of the desk: figures that were counted just now, each with the list behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cases.desk.access import may_moderate
from cases.desk.registry import Figure, Place, places


@dataclass(frozen=True, slots=True)
class Section:
    """One list of the desk and its figures; a list without figures is only linked."""

    place: Place
    figures: tuple[Figure, ...]


class Overview(WagtailAdminTemplateMixin, TemplateView):
    """What waits, what is late, what is missing; a constant number of SQL."""

    template_name = "cases/desk/overview.html"
    page_title = _("Desk")
    header_icon = "clipboard-list"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_moderate(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(sections=sections(self.request.user), **kwargs)


def sections(user: Any) -> list[Section]:
    """Every list of the desk that this account may open, its figures counted."""
    return [
        Section(place, tuple(place.figures(user)) if place.figures else ()) for place in places() if place.is_for(user)
    ]
