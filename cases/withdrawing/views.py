"""The admin's pages: withdraw an entry, look at a withdrawal, restore or undo it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cases.entry_admin.finding import original_or_404
from cases.models import EntryPage, PublishedVersion
from cases.withdrawing import actions, rules
from cases.withdrawing.forms import ReasonForm
from core.models import Withdrawal
from core.withdrawals import told


class WithdrawView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """Ask for the reason, name everything that is closed, and do it."""

    form_class = ReasonForm
    template_name = "cases/withdrawing/withdraw.html"
    page_title = gettext_lazy("Withdraw at once")
    header_icon = "warning"
    _show_breadcrumbs = True

    @cached_property
    def entry(self) -> EntryPage:
        """The original of the entry in the address."""
        return original_or_404(self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not rules.may_withdraw(request.user, self.entry):
            raise PermissionDenied
        if not self.live_pages:
            messages.error(request, _("“%(title)s” is not published.") % {"title": self.entry.title})
            return redirect("wagtailadmin_pages:edit", self.entry.pk)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def live_pages(self) -> list[EntryPage]:
        """Its languages that are public."""
        rows = EntryPage.objects.filter(translation_key=self.entry.translation_key, live=True)
        return list(rows.select_related("locale").order_by("original_id", "pk"))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _crumbs(self.page_title, self.entry.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = PublishedVersion.objects.filter(entry__in=[page.pk for page in self.live_pages]).count()
        return super().get_context_data(
            entry=self.entry,
            live_pages=self.live_pages,
            versions=versions,
            files=self.entry.attachments.count(),
            back=reverse("wagtailadmin_pages:edit", args=[self.entry.pk]),
            **kwargs,
        )

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        try:
            withdrawal = actions.withdraw(self.entry, self.request.user, reason, **form.told())  # type: ignore[arg-type]
        except actions.UnwithdrawableError as error:
            messages.error(self.request, str(error))
            return redirect("wagtailadmin_pages:edit", self.entry.pk)
        values = {"title": self.entry.title}
        messages.success(self.request, _("“%(title)s” is withdrawn, in all languages, with its files.") % values)
        return redirect("withdrawal", withdrawal.pk)


class WithdrawalView(WagtailAdminTemplateMixin, TemplateView):
    """One withdrawal: what was told to whom, and what can be done."""

    template_name = "cases/withdrawing/withdrawal.html"
    page_title = gettext_lazy("Withdrawal")
    header_icon = "warning"
    _show_breadcrumbs = True

    @cached_property
    def withdrawal(self) -> Withdrawal:
        """The one in the address."""
        rows = Withdrawal.objects.select_related("withdrawn_by", "restored_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def pages(self) -> list[EntryPage]:
        """The pages of the entry, none when it was erased."""
        return actions.pages_of(self.withdrawal)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        team = self.pages[0].team_id if self.pages else None
        if not rules.may_see(request.user, team):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.withdrawal.reference)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _crumbs(self.page_title, self.withdrawal.reference)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        withdrawal, user = self.withdrawal, self.request.user
        in_force = withdrawal.restored_at is None
        may_restore = in_force and rules.may_restore(user)
        obstacle = rules.obstacle(user, withdrawal, rules.last_versions(withdrawal)) if may_restore else ""
        return super().get_context_data(
            withdrawal=withdrawal,
            pages=self.pages,
            addresses=withdrawal.addresses.order_by("pk"),
            reason=actions.reason_label(withdrawal.reason),
            told=told(withdrawal),
            may_restore=may_restore,
            obstacle=obstacle,
            until=rules.undone_until(withdrawal),
            **kwargs,
        )


class LiftView(View):
    """Restore or undo, on POST."""

    lift: Callable[[Withdrawal, Any], None] = staticmethod(actions.restore)
    done = gettext_lazy("Restored as a draft: submit it to have it published again.")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, or say why not."""
        if not rules.may_restore(request.user):
            raise PermissionDenied
        withdrawal = get_object_or_404(Withdrawal, pk=pk)
        try:
            type(self).lift(withdrawal, request.user)
        except PermissionDenied as error:
            messages.error(request, str(error))
        else:
            messages.success(request, str(self.done))
        return redirect("withdrawal", pk)


class RepublishView(LiftView):
    """Undo a mistaken withdrawal."""

    lift = staticmethod(actions.republish)
    done = gettext_lazy("Published again, just as it was.")


def addresses() -> list[URLPattern]:
    """Addresses below `/admin/`."""
    return [
        path("withdraw/<int:pk>/", WithdrawView.as_view(), name="withdraw"),
        path("withdrawals/<int:pk>/", WithdrawalView.as_view(), name="withdrawal"),
        path("withdrawals/<int:pk>/restore/", LiftView.as_view(), name="restore_withdrawn"),
        path("withdrawals/<int:pk>/republish/", RepublishView.as_view(), name="republish_withdrawn"),
    ]


def _crumbs(title: Any, subtitle: str) -> list[dict[str, Any]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": "", "label": title, "sublabel": subtitle},
    ]
