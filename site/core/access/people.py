"""Filters of the admin's lists offer names of people with whom one shares a group, not of everybody, and no tags."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from taggit.models import Tag
from wagtail.admin import filters as media_filters
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.admin.views.reports.locked_pages import LockedPagesReportFilterSet
from wagtail.admin.views.reports.workflows import WorkflowReportFilterSet
from wagtail.images.views import chooser as picture_chooser

from core.access.knowledge import knows_all

FILTERS: Final = (
    (PageFilterSet, "owner"),
    (PageFilterSet, "edited_by"),
    (WorkflowReportFilterSet, "requested_by"),
    (LockedPagesReportFilterSet, "locked_by"),
)


def narrow_filters() -> None:
    """Narrow each once, when the site starts: filter sets that inherit them share the filter.

    The most used tags of pictures and documents are those of all teams together, and Wagtail asks for them without
    saying for whom: they are not offered at all. `core.access.tags` suggests one's own while typing.
    """
    for module in (media_filters, picture_chooser):
        module.popular_tags_for_model = _no_tags
    for filters, name in FILTERS:
        one = filters.base_filters[name]
        one.queryset = _Colleagues(one.queryset)


class _Colleagues:
    """Calls what Wagtail would, and keeps colleagues."""

    def __init__(self, everybody: Any) -> None:
        self.everybody = everybody

    def __call__(self, request: HttpRequest) -> Any:
        people = self.everybody(request)
        return people if knows_all(request.user) else people.filter(groups__in=request.user.groups.all()).distinct()


def _no_tags(model: type[Model], count: int = 0) -> QuerySet[Tag]:
    return Tag.objects.none()
