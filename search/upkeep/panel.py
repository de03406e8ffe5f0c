"""The report “Search index” for editors: how the index is, what waits, what failed and why; and another chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import Revision
from wagtail.permission_policies import ModelPermissionPolicy

from cases.models import EntryPage
from search.upkeep.delivery import retry
from search.upkeep.models import IndexChange
from search.upkeep.schedule import overdue
from search.upkeep.status import status

SHOWN: Final = 50
policy = ModelPermissionPolicy(IndexChange)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A change that failed too often, with the entry that it is about, if that still exists."""

    change: IndexChange
    page: EntryPage | None


class IndexReport(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The report; posting gives what was set aside another chance. A constant number of SQL."""

    permission_policy = policy
    permission_required = "view"
    template_name = "search/admin/index_report.html"
    page_title = gettext_lazy("Search index")
    header_icon = "search"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_retry = policy.user_has_permission(self.request.user, "change")
        found = {"status": status(), "set_aside": _set_aside(), "overdue": _overdue(), "may_retry": may_retry}
        return super().get_context_data(**found, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Let everything that was set aside be tried again by the next delivery."""
        if not policy.user_has_permission(request.user, "change"):
            messages.error(request, _("You may look at this report, but not change anything."))
        else:
            number = retry()
            text = ngettext("%(count)d change is tried again.", "%(count)d changes are tried again.", number)
            messages.success(request, text % {"count": number})
        return HttpResponseRedirect(reverse("search_index_report"))


def _set_aside() -> list[SetAside]:
    changes = list(IndexChange.objects.set_aside().order_by("pk")[:SHOWN])
    keys = [change.target for change in changes if change.scope == IndexChange.Scope.ENTRY]
    pages = EntryPage.objects.filter(translation_key__in=keys, original=None).defer("story")
    by_key = {str(page.translation_key): page for page in pages}
    return [SetAside(change, by_key.get(change.target)) for change in changes]


def _overdue() -> list[Revision]:
    """What should be public by now and is not: something is missing, or no worker runs."""
    return list(overdue().defer("content")[:SHOWN])


class ReportItem(MenuItem):
    """Shown to those who may see the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(policy.user_has_any_permission(request.user, ["view", "change"]))


def menu_item() -> MenuItem:
    """The entry in the menu of reports."""
    return ReportItem(
        gettext_lazy("Search index"),
        reverse("search_index_report"),
        name="search-index",
        icon_name="search",
        order=1200,
    )


def addresses() -> list[Any]:
    """Where the report is, below the admin."""
    return [path("reports/search-index/", IndexReport.as_view(), name="search_index_report")]
