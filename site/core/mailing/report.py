"""The report “Mails” for operators: what waits, what was given up and why, and another chance; no mail's text."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

import django_filters

from core.mailing.delivery import retry
from core.mailing.kinds import kinds
from core.mailing.models import QueuedMail

WAITING, GIVEN_UP, DELIVERED = "waiting", "given-up", "delivered"
STATES = {
    WAITING: gettext_lazy("Waiting"),
    GIVEN_UP: gettext_lazy("Given up"),
    DELIVERED: gettext_lazy("Delivered"),
}
policy = ModelPermissionPolicy(QueuedMail)


def state_of(mail: QueuedMail) -> Any:
    """Where a mail stands, in words."""
    if mail.sent_at:
        return STATES[DELIVERED]
    return STATES[GIVEN_UP if mail.set_aside_at else WAITING]


def kind_of(mail: QueuedMail) -> str:
    """The label of its kind; the bare name of one that is no more."""
    return next((str(kind.label) for kind in kinds() if kind.name == mail.kind), mail.kind)


class MailFilterSet(WagtailFilterSet):
    """By state and address."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=list(STATES.items()), method="filter_state"
    )
    address = django_filters.CharFilter(label=gettext_lazy("Address"), lookup_expr="icontains")

    class Meta:
        model = QueuedMail
        fields: ClassVar[list[str]] = []

    def filter_state(self, queryset: Any, _name: str, value: str) -> Any:
        if value == DELIVERED:
            return queryset.exclude(sent_at=None)
        return queryset.set_aside() if value == GIVEN_UP else queryset.waiting()


class MailReport(ReportView):
    """The list, newest first; posting gives what was given up another chance."""

    model = QueuedMail
    permission_policy = policy
    any_permission_required = ["view", "change"]
    page_title = gettext_lazy("Mails")
    header_icon = "mail"
    index_url_name = "mail_report"
    index_results_url_name = "mail_report_results"
    template_name = "core/mailing/report.html"
    results_template_name = "core/mailing/report_results.html"
    filterset_class = MailFilterSet
    columns = [
        Column("address", label=pgettext_lazy("address of a mail", "To")),
        Column("kind", label=gettext_lazy("Kind"), accessor=kind_of),
        Column("state", label=gettext_lazy("State"), accessor=state_of),
        DateColumn("created_at", label=gettext_lazy("Written")),
        NumberColumn("attempts", label=gettext_lazy("Failures")),
        Column("trouble", label=gettext_lazy("Reason")),
    ]

    def get_base_queryset(self) -> QuerySet[QueuedMail]:
        return QueuedMail.objects.defer("body", "headers").order_by("-created_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given_up = QueuedMail.objects.set_aside().count()
        may_retry = policy.user_has_permission(self.request.user, "change")
        context: dict[str, Any] = super().get_context_data(given_up=given_up, may_retry=may_retry, **kwargs)
        return {**context, "table": self.get_table(context["object_list"])}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Let everything that was given up be tried again by the next delivery."""
        if not policy.user_has_permission(request.user, "change"):
            messages.error(request, _("You may look at this report, but not change anything."))
        else:
            number = retry()
            text = ngettext("%(count)d mail is tried again.", "%(count)d mails are tried again.", number)
            messages.success(request, text % {"count": number})
        return HttpResponseRedirect(reverse("mail_report"))


class ReportItem(MenuItem):
    """Shown to those who may see the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(policy.user_has_any_permission(request.user, ["view", "change"]))


def menu_item() -> MenuItem:
    """The entry in the menu of reports."""
    return ReportItem(gettext_lazy("Mails"), reverse("mail_report"), name="mails", icon_name="mail", order=1210)


def addresses() -> list[Any]:
    """Where the report is, below the admin."""
    return [
        path("reports/mails/", MailReport.as_view(), name="mail_report"),
        path("reports/mails/results/", MailReport.as_view(results_only=True), name="mail_report_results"),
    ]
