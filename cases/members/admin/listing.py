"""The list of teams: all of them for editors, one's own for members."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

import django_filters

from accounts.models import Invitation, User
from cases import people
from cases.members.admin.base import GuardedMixin
from cases.members.rules import may_make_teams, may_see_teams
from cases.models import CountryTeam, EntryPage
from cases.terms import current_terms


class TeamFilterSet(WagtailFilterSet):
    """Active teams, archived ones, or those without a lead."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="filter_state",
        choices=[("active", _("Active")), ("archived", _("Archived")), ("leaderless", _("Without a lead"))],
    )

    class Meta:
        model = CountryTeam
        fields: list[str] = []

    def filter_state(self, queryset: QuerySet[CountryTeam], _name: str, value: str) -> QuerySet[CountryTeam]:
        if value == "leaderless":
            leaderless: QuerySet[Any] = queryset
            return leaderless.filter(lead_count=0, archived_at=None)
        return queryset.filter(archived_at__isnull=value == "active")


def with_counts(teams: QuerySet[CountryTeam]) -> QuerySet[CountryTeam]:
    """Annotate members, leads, originals and open invitations, all in one query."""
    experts, leads = (Concat(Value(kind), OuterRef("code")) for kind in (people.EXPERTS_OF, people.LEADS_OF))
    accounts = User.groups.through.objects.filter(user__is_active=True)
    invited = Invitation.groups.through.objects.filter(
        invitation__accepted_at=None, invitation__cancelled_at=None, group__name=experts
    )
    entries = EntryPage.objects.filter(team=OuterRef("pk"), original=None, alias_of=None)
    return teams.annotate(
        member_count=_counted(accounts.filter(Q(group__name=experts) | Q(group__name=leads)), "user"),
        lead_count=_counted(accounts.filter(group__name=leads), "user"),
        entry_count=_counted(entries, "pk"),
        invitation_count=_counted(invited, "invitation"),
    )


def _counted(rows: QuerySet[Any], name: str) -> Coalesce:
    number = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count(name, distinct=True)).values("n")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def countries_of(team: CountryTeam) -> str:
    """The names of its countries, from the term cache."""
    resolve = current_terms().resolve
    return ", ".join(str(resolve(country.pk).label()) for country in team.countries.all())


def team_url(team: CountryTeam) -> str:
    """The team's page in the admin."""
    return reverse("teams:team", args=[team.pk])


class TeamColumn(TitleColumn):
    """Name, and whether it is archived."""

    cell_template_name = "cases/members/team_cell.html"


class TeamIndexView(GuardedMixin, generic.IndexView):
    """The list."""

    model = CountryTeam
    page_title = _("Teams")
    index_url_name = "teams:index"
    index_results_url_name = "teams:index_results"
    filterset_class = TeamFilterSet
    default_ordering = "name"
    is_searchable = True
    paginate_by = 50
    list_export = ["code", "name", "member_count", "lead_count", "entry_count", "archived_at"]
    columns = [
        TeamColumn("name", label=_("Name"), sort_key="name", get_url=team_url),
        Column("code", label=_("Code"), sort_key="code"),
        Column("countries", label=_("Countries"), accessor=countries_of),
        NumberColumn("member_count", label=_("Members"), sort_key="member_count"),
        NumberColumn("lead_count", label=_("Leads"), sort_key="lead_count"),
        NumberColumn("entry_count", label=_("Entries"), sort_key="entry_count"),
        NumberColumn("invitation_count", label=_("Invitations"), sort_key="invitation_count"),
    ]

    def may_enter(self) -> bool:
        return may_see_teams(self.request.user)

    def user_has_any_permission(self, _permissions: Any) -> bool:
        """`may_enter` has decided already."""
        return True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return super().get_breadcrumbs_items()[::2]

    def get_base_queryset(self) -> QuerySet[CountryTeam]:
        teams = CountryTeam.objects.prefetch_related("countries")
        if not people.is_editor(self.request.user):
            teams = teams.filter(pk__in=people.teams_of(self.request.user))
        return with_counts(teams)

    def order_queryset(self, queryset: QuerySet[CountryTeam]) -> QuerySet[CountryTeam]:
        """Teams that are archived come last, and equal ones always in the same order."""
        return (
            super()
            .order_queryset(queryset)
            .order_by(F("archived_at").asc(nulls_first=True), self.ordering or "name", "pk")
        )

    def search_queryset(self, queryset: QuerySet[CountryTeam]) -> QuerySet[CountryTeam]:
        if not self.is_searching:
            return queryset
        text = self.search_query
        return queryset.filter(Q(name__icontains=text) | Q(code__icontains=text))

    @cached_property
    def header_buttons(self) -> list[Any]:
        request: HttpRequest = self.request
        if not may_make_teams(request.user):
            return []
        return [HeaderButton(_("Make a team"), url=reverse("teams:new"), icon_name="plus")]
