"""Where the pages about teams are."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.menu import MenuItem

from cases.members.admin import activity, entries, listing, making, team
from cases.members.rules import may_see_teams


class TeamsItem(MenuItem):
    """Shown to members of any team, and to editors."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_teams(request.user)


def menu_item() -> MenuItem:
    """“Teams” in the main menu."""
    return TeamsItem(_("Teams"), reverse("teams:index"), name="teams", icon_name="group", order=240)


def addresses() -> list[URLPattern | URLResolver]:
    """Everything below `/admin/teams/`."""
    own = [
        path("", listing.TeamIndexView.as_view(), name="index"),
        path("results/", listing.TeamIndexView.as_view(results_only=True), name="index_results"),
        path("new/", making.NewTeamView.as_view(), name="new"),
        path("<int:pk>/", team.TeamView.as_view(), name="team"),
        path("<int:pk>/edit/", making.EditTeamView.as_view(), name="edit"),
        path("<int:pk>/archive/", making.ArchiveView.as_view(), name="archive"),
        path("<int:pk>/invite/", team.InviteView.as_view(), name="invite"),
        path("<int:pk>/invitations/<int:invitation>/", team.InvitationView.as_view(), name="invitation"),
        path("<int:pk>/members/<int:user>/role/", team.RoleView.as_view(), name="role"),
        path("<int:pk>/members/<int:user>/remove/", team.RemoveView.as_view(), name="remove"),
        path("<int:pk>/activity/", activity.ActivityView.as_view(), name="activity"),
        path("<int:pk>/activity/results/", activity.ActivityView.as_view(results_only=True), name="activity_results"),
        path("entries/<int:pk>/", entries.CoTeamsView.as_view(), name="co_teams"),
        path("entries/<int:pk>/transfer/", entries.TransferView.as_view(), name="transfer"),
    ]
    return [path("teams/", include((own, "teams")))]
