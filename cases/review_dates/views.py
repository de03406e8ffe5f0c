"""“Still right”: the page on which the team says so, and the buttons that lead there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from cases.entry_admin.finding import original_or_404
from cases.models import EntryPage, ReviewDate
from cases.review_dates import dates

LABEL = gettext_lazy("Still right")


class ConfirmView(WagtailAdminTemplateMixin, TemplateView):
    """Ask on GET, note it on POST."""

    template_name = "cases/review_dates/confirm.html"
    page_title = gettext_lazy("Is it still right?")
    header_icon = "success"
    _show_breadcrumbs = True

    @cached_property
    def entry(self) -> EntryPage:
        """The original of the entry in the address."""
        return original_or_404(self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not dates.may_confirm(request.user, self.entry):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note it."""
        review = dates.confirm(self.entry, request.user)  # type: ignore[arg-type]
        day = date_format(review.due_on, "DATE_FORMAT")
        messages.success(request, _("Thank you. It is due for review again on %(day)s.") % {"day": day})
        return redirect("wagtailadmin_pages:edit", self.entry.pk)

    def get_page_subtitle(self) -> str:
        return str(self.entry.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        return [home, {"url": "", "label": self.page_title, "sublabel": self.entry.title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        review = ReviewDate.objects.filter(entry=self.entry.pk).first()
        back = reverse("wagtailadmin_pages:edit", args=[self.entry.pk])
        return super().get_context_data(entry=self.entry, review=review, back=back, **kwargs)


def button(page: Any, user: Any, view_name: str = "", next_url: str | None = None) -> Iterator[Button]:
    """In the header of an entry's editor."""
    if isinstance(page, EntryPage) and not page.alias_of_id and dates.may_confirm(user, page):
        yield Button(LABEL, reverse("confirm_review", args=[page.pk]), icon_name="success", priority=60)


def addresses() -> list[URLPattern]:
    """Addresses below `/admin/`."""
    return [path("still-right/<int:pk>/", ConfirmView.as_view(), name="confirm_review")]
