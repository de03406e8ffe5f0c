"""Bulk actions in the admin: Wagtail's confirmation page, a report of what became of each entry, and undoing."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cases.desk.access import may_moderate
from cases.desk.bulk.actions import BulkRefusedError, Work, work_named, works
from cases.desk.bulk.listing import BulkList, label_of
from cases.desk.bulk.models import BulkGroup
from cases.desk.bulk.running import MOST, UndoRefusedError, run, undo
from cases.desk.lists import PREFIX, under_desk


class DeskBulkAction(BulkAction):
    """A bulk action behind Wagtail's own boxes and buttons; what it does is its `work`."""

    work: ClassVar[Work]
    template_name = "cases/desk/bulk/confirm.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.work.may(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def keys(self) -> list[int]:
        """What was chosen; anything that is no key is left out."""
        return [int(key) for key in dict.fromkeys(self.request.GET.getlist("id")) if key.isascii() and key.isdigit()]

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, Any]]:
        allowed, refused = [], []
        for item in self.work.read(self.keys[:MOST]):
            reason = self.work.refusal(self.request.user, item)
            entry = self.work.entry_of(item)
            if reason:
                refused.append({"entry": entry, "reason": reason})
            else:
                allowed.append(entry)
        return allowed, {"items_with_no_access": refused}

    def get_form(self, form_class: Any = None) -> forms.Form:
        """The action's own form, with a key that makes sending it twice the same as once."""
        form: forms.Form = super().get_form(form_class)
        form.fields["key"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not self.keys:
            raise Http404
        context: dict[str, Any] = super().get_context_data(work=self.work, **kwargs)
        return {**context, "too_many": len(self.keys) > MOST, "most": MOST}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        values = dict(form.cleaned_data)
        key = values.pop("key")
        try:
            group = run(self.work, self.request.user, self.keys, values, key)
        except BulkRefusedError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        _tell(self.request, group)
        return HttpResponseRedirect(reverse("desk_bulk_report", args=[group.key]))


def _tell(request: HttpRequest, group: BulkGroup) -> None:
    done = group.items.filter(refused="").count()
    text = ngettext("Done for %(count)d entry.", "Done for %(count)d entries.", done) % {"count": done}
    (messages.success if done else messages.warning)(request, text)


def undo_hint(group: BulkGroup) -> Any:
    """Who may undo it and until when, where that is not plain."""
    try:
        return work_named(group.action).undo_hint
    except BulkRefusedError:
        return ""


def wagtail_actions() -> list[type[DeskBulkAction]]:
    """One class for each action, as Wagtail registers them."""
    return [
        type(
            f"{work.name.title().replace('-', '')}BulkAction",
            (DeskBulkAction,),
            {
                "work": work,
                "models": [work.model],
                "display_name": work.label,
                "aria_label": work.question,
                "action_type": work.name,
                "action_priority": work.order,
                "classes": {"serious"} if work.serious else set(),
                "form_class": work.form_class,
            },
        )
        for work in works()
    ]


class BulkReport(WagtailAdminTemplateMixin, TemplateView):
    """What a bulk action did to each entry; posting undoes it."""

    template_name = "cases/desk/bulk/report.html"
    header_icon = "list-ul"
    key: uuid.UUID

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_moderate(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def group(self) -> BulkGroup:
        """The action that is reported."""
        return get_object_or_404(BulkGroup.objects.select_related("user", "undone_by"), key=self.kwargs["key"])

    def get_page_title(self) -> str:
        return label_of(self.group.action)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = under_desk(self.get_page_title())
        return [*items[:-1], {"url": reverse("desk_bulk"), "label": BulkList.page_title}, items[-1]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(self.group.items.all())
        done = [row for row in rows if row.done]
        return super().get_context_data(
            group=self.group,
            done=done,
            refused=[row for row in rows if not row.done],
            may_undo=bool(done) and may_undo(self.group, self.request.user),
            undo_hint=undo_hint(self.group),
            audit_url=f"{reverse('desk_audit')}?group={self.group.key}",
            **kwargs,
        )

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Undo it, all or nothing."""
        try:
            undo(self.group, request.user)
        except UndoRefusedError as refused:
            messages.error(request, _named(refused))
        except BulkRefusedError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Undone: all entries are as they were before."))
        return HttpResponseRedirect(reverse("desk_bulk_report", args=[self.group.key]))


def _named(refused: UndoRefusedError) -> str:
    return " ".join([str(refused), *(f"“{label}”" for label in refused.changed)])


def may_undo(group: BulkGroup, user: Any) -> bool:
    """Whether this person may try."""
    try:
        return group.undone_at is None and work_named(group.action).may_undo(user, group.user)
    except BulkRefusedError:
        return False


def addresses() -> list[URLPattern]:
    """The report of one action."""
    return [path(f"{PREFIX}bulk/<uuid:key>/", BulkReport.as_view(), name="desk_bulk_report")]
