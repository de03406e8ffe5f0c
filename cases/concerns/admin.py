"""One concern in the admin: read, claim, answer, close."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cases.concerns import handling
from cases.concerns.forms import AnswerForm, CloseForm
from cases.concerns.listing import ConcernsList
from cases.concerns.models import Concern
from cases.concerns.rules import may_handle, may_read_text, visible_to
from cases.desk.lists import list_url
from cases.withdrawing.rules import may_withdraw


class ConcernView(WagtailAdminTemplateMixin, TemplateView):
    """The concern with everything that this person may see and do."""

    template_name = "cases/concerns/admin.html"
    header_icon = "warning"
    page_title = gettext_lazy("Concern")

    @cached_property
    def concern(self) -> Concern:
        """The concern, or 404 for people who may not know that there is one."""
        return get_object_or_404(
            visible_to(self.request.user).select_related("entry__team", "team", "claimed_by", "closed_by"),
            pk=self.kwargs["pk"],
        )

    def get_page_subtitle(self) -> str:
        return self.concern.number

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        lists = {"url": list_url(ConcernsList), "label": _("Concerns")}
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            lists,
            {"url": "", "label": str(self.concern)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, concern = self.request.user, self.concern
        entry = concern.entry
        more = {
            "concern": concern,
            "may_handle": may_handle(user, concern),
            "may_read": may_read_text(user, concern),
            "answer_form": AnswerForm(prefix="answer"),
            "close_form": CloseForm(prefix="close"),
            "page_url": entry.get_url() if entry and entry.live else "",
            "withdraw_url": reverse("withdraw", args=[entry.pk]) if entry and may_withdraw(user, entry) else "",
            "edit_url": reverse("wagtailadmin_pages:edit", args=[entry.pk]) if entry else "",
        }
        return super().get_context_data(**{**more, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the button says; faulty forms are shown again with what was typed."""
        concern = self.concern
        if not may_handle(request.user, concern):
            raise PermissionDenied
        action = request.POST.get("action", "")
        try:
            if action == "claim":
                handling.claim(concern.pk, request.user)
            elif action == "release":
                handling.release(concern.pk, request.user)
            elif action == "answer":
                return self._with_form(AnswerForm(request.POST, prefix="answer"), "answer_form", self._answer)
            elif action == "close":
                return self._with_form(CloseForm(request.POST, prefix="close"), "close_form", self._close)
            else:
                raise ValidationError(_("There is no such action."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("concern_detail", concern.pk)

    def _with_form(self, form: Form, name: str, act: Callable[[Form], None]) -> HttpResponse:
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(**{name: form}))
        act(form)
        return redirect("concern_detail", self.concern.pk)

    def _answer(self, form: Form) -> None:
        handling.answer(self.concern.pk, self.request.user, form.cleaned_data["answer"])
        messages.success(self.request, _("The answer is on its way."))

    def _close(self, form: Form) -> None:
        handling.close(self.concern.pk, self.request.user, form.cleaned_data["outcome"], form.cleaned_data["note"])
        messages.success(self.request, _("The concern is closed."))


def addresses() -> list[Any]:
    """Where it is, below the admin; the list comes with the desk."""
    return [path("concerns/<int:pk>/", ConcernView.as_view(), name="concern_detail")]
