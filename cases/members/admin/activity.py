"""Who did what: everything that was done to a team, its pages and its entries."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, PageLogEntry

import django_filters

from accounts.models import User
from cases.desk.audit import AuditList
from cases.members.admin.base import TeamMixin
from cases.members.rules import may_see_activity
from cases.models import CountryTeam, CountryTeamPage, EntryPage

LOGS = (ModelLogEntry, PageLogEntry)


def entries_about(team: Any, log_model: Any) -> QuerySet[Any]:
    """What one log holds about a team (by its key): the team itself, or its pages and those of its entries."""
    if issubclass(log_model, PageLogEntry):
        entries = EntryPage.objects.filter(team=team).order_by().values("pk")
        pages = CountryTeamPage.objects.filter(team=team).order_by().values("pk")
        return log_model.objects.filter(Q(page__in=entries) | Q(page__in=pages))
    kind = ContentType.objects.get_for_model(CountryTeam)
    return log_model.objects.filter(content_type=kind, object_id=str(team))


def _of_request(request: Any, log_model: Any) -> Any:
    return entries_about(request.resolver_match.kwargs["pk"], log_model).order_by()


def _actors(request: Any) -> QuerySet[User]:
    """Only people who did something here: a lead is shown no other accounts."""
    acted = [Q(pk__in=_of_request(request, model).values("user")) for model in LOGS]
    return User.objects.filter(acted[0] | acted[1]).order_by("first_name", "last_name", "email")


class ActivityFilterSet(WagtailFilterSet):
    """By person, action, object and day."""

    label = django_filters.CharFilter(label=_("Object"), lookup_expr="icontains")
    user = django_filters.ModelChoiceFilter(label=_("Person"), queryset=_actors)
    action = django_filters.MultipleChoiceFilter(label=_("Action"), widget=forms.CheckboxSelectMultiple)
    timestamp = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)

    class Meta:
        model = PageLogEntry
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = {name for model in LOGS for name in _of_request(self.request, model).get_actions()}
        self.filters["action"].extra["choices"] = [
            (name, label) for name, label in registry.get_choices() if name in used
        ]


class ActivityView(TeamMixin, AuditList):
    """The list, newest first, in pages."""

    name = "team-activity"
    rule = staticmethod(may_see_activity)
    page_title = _("Who did what")
    header_icon = "history"
    explanation = _("What was done to the team, its pages and its entries. Nothing is ever taken out of it.")
    filterset_class = ActivityFilterSet

    @classmethod
    def is_for(cls, user: Any) -> bool:
        """`rule` has decided already."""
        return True

    @cached_property
    def log_models(self) -> list[Any]:
        return list(LOGS)

    def visible(self, log_model: Any) -> QuerySet[Any]:
        return entries_about(self.team.pk, log_model)

    def get_index_url(self) -> str:
        return reverse("teams:activity", args=[self.team.pk])

    def get_index_results_url(self) -> str:
        return reverse("teams:activity_results", args=[self.team.pk])

    def get_filename(self) -> str:
        return f"{self.name}-{self.team.code}"
