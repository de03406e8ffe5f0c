"""The page of one team: members, invitations, and what its lead does with both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView

from wagtail.admin.widgets.button import Button, HeaderButton

from accounts.models import Invitation, User
from cases import people
from cases.members import memberships
from cases.members.admin.base import TeamMixin, done, refused
from cases.members.admin.forms import InviteForm
from cases.members.admin.listing import countries_of
from cases.members.admin.making import TeamFormView
from cases.members.memberships import LEAD, MembershipError
from cases.members.rules import may_lead, may_make_teams, may_see_activity


@dataclass(frozen=True, slots=True)
class Member:
    """One line of the list of members."""

    user: User
    is_lead: bool
    is_self: bool


class TeamView(TeamMixin, TemplateView):
    """Members and open invitations; a constant number of SQL."""

    template_name = "cases/members/team.html"

    def get_page_title(self) -> str:
        return str(self.team)

    def crumbs(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        leads = may_lead(self.request.user, self.team)
        context = {
            "members": self.members,
            "may_lead": leads,
            "may_see_addresses": leads or may_see_activity(self.request.user, self.team),
            "invitations": list(memberships.open_invitations(self.team)) if leads else [],
            "countries": countries_of(self.team),
            "page": self._page(),
        }
        return super().get_context_data(**context, **kwargs)

    @cached_property
    def members(self) -> list[Member]:
        """Everybody of the team, leads first."""
        leads = set(people.leads(self.team).values_list("pk", flat=True))
        found = [Member(user, user.pk in leads, user == self.request.user) for user in people.members(self.team)]
        return sorted(found, key=lambda member: not member.is_lead)

    def _page(self) -> Any:
        """The team's page in the language of the admin, else in any."""
        pages = self.team.pages.select_related("locale").order_by("pk")
        language = getattr(self.request, "LANGUAGE_CODE", "en")
        return min(pages, key=lambda page: page.locale.language_code != language, default=None)

    @property
    def header_buttons(self) -> list[Any]:
        """What a lead does most."""
        if not may_lead(self.request.user, self.team) or self.team.archived_at:
            return []
        return [HeaderButton(_("Invite somebody"), url=self._to("invite"), icon_name="plus")]

    @property
    def header_more_buttons(self) -> list[Any]:
        """What is done now and then."""
        buttons = []
        if may_see_activity(self.request.user, self.team):
            buttons.append(Button(_("Who did what"), url=self._to("activity"), icon_name="history", priority=10))
        if may_make_teams(self.request.user):
            buttons.append(Button(_("Change the team"), url=self._to("edit"), icon_name="edit", priority=20))
            label = _("Restore the team") if self.team.archived_at else _("Archive the team")
            buttons.append(Button(label, url=self._to("archive"), icon_name="folder", priority=30))
        return buttons

    def _to(self, name: str) -> str:
        return reverse(f"teams:{name}", args=[self.team.pk])


class InviteView(TeamFormView):
    """Invite an address."""

    rule = staticmethod(may_lead)
    form_class = InviteForm
    page_title = gettext_lazy("Invite somebody")
    submit_label = gettext_lazy("Send the invitation")
    intro = gettext_lazy(
        "The mail holds a link that works once, for seven days. Whoever opens it makes an account with this address, "
        "or joins with the one they have."
    )

    def form_valid(self, form: Any) -> HttpResponse:
        values = form.cleaned_data
        try:
            memberships.invite(
                self.team, values["email"], values["role"], language=values["language"], by=self.request.user
            )
        except MembershipError as error:
            return self.refuse(form, error, "email")
        return done(self.request, _("The invitation to %(email)s is on its way.") % values, self.team_url)


class InvitationView(TeamMixin, View):
    """Send an invitation again, or take it back."""

    rule = staticmethod(may_lead)

    def post(self, request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
        """Do what the button says."""
        found = get_object_or_404(
            Invitation.objects.filter(groups__name__in=self.team.group_names).distinct(), pk=invitation
        )
        again = request.POST.get("action") == "again"
        try:
            (memberships.invite_again if again else memberships.take_back)(self.team, found, request.user)
        except MembershipError as error:
            return refused(request, error, self.team_url)
        text = _("The invitation to %(email)s is sent again; the link of the first mail is void.")
        text = text if again else _("The invitation to %(email)s is taken back.")
        return done(request, text % {"email": found.email}, self.team_url)


class MemberMixin(TeamMixin):
    """A page about one member of the team of the address."""

    rule = staticmethod(may_lead)

    @cached_property
    def member(self) -> User:
        """The member of the address, or 404."""
        return get_object_or_404(people.members(self.team), pk=self.kwargs["user"])


class RoleView(MemberMixin, View):
    """Make a member a lead or an expert."""

    def post(self, request: HttpRequest, pk: int, user: int) -> HttpResponse:
        """Do what the button says."""
        role = LEAD if request.POST.get("role") == LEAD else memberships.EXPERT
        try:
            memberships.set_role(self.team, self.member, role, request.user)
        except MembershipError as error:
            return refused(request, error, self.team_url)
        text = _("%(name)s leads the team now.") if role == LEAD else _("%(name)s is an expert now.")
        return done(request, text % {"name": self.member}, self.team_url)


class RemoveView(MemberMixin, TemplateView):
    """Ask, then remove a member."""

    template_name = "cases/members/remove.html"

    def get_page_title(self) -> str:
        return _("Remove %(name)s") % {"name": self.member}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(member=self.member, **kwargs)

    def post(self, request: HttpRequest, pk: int, user: int) -> HttpResponse:
        """Remove; somebody who left cannot look at the team any more."""
        try:
            memberships.remove(self.team, self.member, request.user)
        except MembershipError as error:
            return refused(request, error, self.team_url)
        text = _("%(name)s no longer belongs to “%(team)s”.") % {"name": self.member, "team": self.team}
        left = self.member == request.user and not people.is_editor(request.user)
        return done(request, text, reverse("wagtailadmin_home") if left else self.team_url)
