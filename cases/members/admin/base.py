"""What the pages about teams share: who may enter, where they stand, how they answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cases.members.rules import may_see
from cases.models import CountryTeam


class Closed(WagtailAdminTemplateMixin, TemplateView):
    """What somebody sees who may not enter; Wagtail would send them home with a word that is soon gone."""

    template_name = "cases/members/closed.html"
    header_icon = "lock"

    def get_page_title(self) -> str:
        return _("Not for you")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": self.get_page_title()}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The same answer, however one knocks."""
        return self.get(request, *args, **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> Any:
        return super().render_to_response(context, **{**kwargs, "status": 403})


class GuardedMixin(WagtailAdminTemplateMixin):
    """Asks `may_enter` before anything else."""

    request: HttpRequest
    header_icon = "group"

    def may_enter(self) -> bool:
        """Whether this person may open the page, and post to it."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_enter():
            return Closed.as_view()(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        teams = {"url": reverse("teams:index"), "label": _("Teams")}
        return [home, teams, *self.crumbs(), {"url": "", "label": self.get_page_title()}]

    def crumbs(self) -> list[dict[str, Any]]:
        """What stands between “Teams” and the page."""
        return []


class TeamMixin(GuardedMixin):
    """A page about the team of the address."""

    kwargs: dict[str, Any]
    rule: Callable[[Any, CountryTeam], bool] = staticmethod(may_see)

    @cached_property
    def team(self) -> CountryTeam:
        """The team of the address, or 404."""
        return get_object_or_404(CountryTeam.objects.prefetch_related("countries"), pk=self.kwargs["pk"])

    def may_enter(self) -> bool:
        return self.rule(self.request.user, self.team)

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.team_url, "label": str(self.team)}]

    @property
    def team_url(self) -> str:
        """The team's page."""
        return reverse("teams:team", args=[self.team.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(team=self.team, team_url=self.team_url, **kwargs)


class GuardedFormView(GuardedMixin, FormView[Any]):
    """A form on a page of its own."""

    template_name = "cases/members/form.html"
    submit_label: Any = ""
    intro: Any = ""
    cancel_url: str = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        texts = {"submit_label": self.submit_label, "intro": self.intro, "cancel_url": self.cancel_url}
        return super().get_context_data(**{**texts, **kwargs})

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.validation_error(self.request, _("Nothing was saved: please look at the marked fields."), form)
        return super().form_invalid(form)

    def refuse(self, form: Any, error: Exception, field: str | None = None) -> HttpResponse:
        """Show what a function of the team's said, beside the field that it is about."""
        form.add_error(field, str(error))
        return self.form_invalid(form)


def done(request: HttpRequest, text: str, url: str) -> HttpResponse:
    """Say that it worked, and go on."""
    messages.success(request, text)
    return HttpResponseRedirect(url)


def refused(request: HttpRequest, error: Exception, url: str) -> HttpResponse:
    """Say why it did not work, and go on."""
    messages.error(request, str(error))
    return HttpResponseRedirect(url)
