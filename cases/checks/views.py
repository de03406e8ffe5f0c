"""The findings of one entry in the admin: authors read them, moderators settle them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import Button

from cases.checks.deciding import decide, may_decide
from cases.checks.looking import look, record, unread
from cases.models import EntryPage
from cases.models.findings import Finding
from cases.people import is_moderator, is_reviewer

VERDICTS = {"accept": Finding.State.ACCEPTED, "refuse": Finding.State.REFUSED, "reopen": Finding.State.OPEN}
URL_NAME = "entry_findings"


class FindingsView(WagtailAdminTemplateMixin, TemplateView):
    """What was found in the newest draft of an entry. Showing it reads no file and writes nothing."""

    template_name = "cases/admin/findings.html"
    page_title = gettext_lazy("Personal data")
    header_icon = "view"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let those in who may edit the entry, moderate or review."""
        if not may_read(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def page(self) -> EntryPage:
        """The row of the entry."""
        return get_object_or_404(EntryPage, pk=self.kwargs["pk"]).specific

    @cached_property
    def entry(self) -> EntryPage:
        """Its newest draft."""
        draft: EntryPage = self.page.get_latest_revision_as_object()
        return draft

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": self.get_page_subtitle()}
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, edit, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = sorted(look(self.entry), key=lambda one: (one.is_settled, one.state != Finding.State.REFUSED))
        more = {
            "entry": self.page,
            "findings": found,
            "unread": [item.file for item in unread(self.entry)],
            "may_decide": may_decide(self.request.user, self.page),
            "is_moderator": is_moderator(self.request.user),
            "open_count": sum(not one.is_settled for one in found),
        }
        return super().get_context_data(**{"reason": "", "chosen": (), **more, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read the files, or settle what is ticked; without a reason nothing changes and what was typed stays."""
        if request.POST.get("action") == "read":
            record(self.entry, read_files=True)
            messages.success(request, _("The files have been read."))
            return redirect(URL_NAME, self.page.pk)
        keys = request.POST.getlist("finding")
        try:
            self._decide(keys)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            context = self.get_context_data(reason=request.POST.get("reason", ""), chosen=keys)
            return self.render_to_response(context)
        return redirect(URL_NAME, self.page.pk)

    def _decide(self, keys: list[str]) -> None:
        verdict = VERDICTS.get(self.request.POST.get("action", ""))
        if verdict is None:
            raise ValidationError(_("Choose what is to be done: accept, refuse or reopen."))
        if not keys:
            raise ValidationError(_("Tick at least one finding."))
        record(self.entry)
        number = decide(self.page, keys, verdict, self.request.POST.get("reason", ""), self.request.user)
        text = ngettext("%(count)d finding is settled.", "%(count)d findings are settled.", number)
        if verdict == Finding.State.OPEN:
            text = ngettext("%(count)d finding is open again.", "%(count)d findings are open again.", number)
        messages.success(self.request, text % {"count": number})


def may_read(user: Any, page: EntryPage) -> bool:
    """Whether this person may see what was found: whoever may edit the entry, moderators, reviewers."""
    return is_moderator(user) or is_reviewer(user) or bool(page.permissions_for_user(user).can_edit())


def header_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> list[Button]:
    """The way here from the editor, in the menu of the page."""
    if not isinstance(page, EntryPage) or page.pk is None or not may_read(user, page):
        return []
    return [Button(_("Personal data"), reverse(URL_NAME, args=[page.pk]), icon_name="view", priority=60)]


def addresses() -> list[Any]:
    """Where the view is, below the admin."""
    return [path("entries/<int:pk>/findings/", FindingsView.as_view(), name=URL_NAME)]
