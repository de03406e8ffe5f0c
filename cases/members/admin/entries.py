"""The teams of one entry: co-authors, chosen by the lead of its team, and transfers, made by editors."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.members import sharing
from cases.members.admin.base import GuardedFormView, GuardedMixin, done, refused
from cases.members.admin.forms import TeamChoiceForm, TransferForm
from cases.members.rules import may_share, may_transfer
from cases.members.sharing import SharingError
from cases.members.transfers import TransferError, transfer
from cases.models import CountryTeam, EntryPage


class EntryMixin(GuardedMixin):
    """A page about the entry of the address, in whatever language that is."""

    kwargs: dict[str, Any]

    @cached_property
    def entry(self) -> EntryPage:
        """The original of the entry of the address, or 404."""
        entries = EntryPage.objects.select_related("team")
        found = get_object_or_404(entries, pk=self.kwargs["pk"])
        return entries.get(pk=found.original_id) if found.original_id else found

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.edit_url, "label": self.entry.get_admin_display_title()}]

    @property
    def edit_url(self) -> str:
        """The entry's editor."""
        return reverse("wagtailadmin_pages:edit", args=[self.kwargs["pk"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = {"may_transfer": may_transfer(self.request.user)}
        return super().get_context_data(**{"entry": self.entry, "cancel_url": self.edit_url, **may, **kwargs})


class CoTeamsView(EntryMixin, GuardedFormView):
    """Which other teams edit the entry; adding one, and removing one."""

    template_name = "cases/members/co_teams.html"
    form_class = TeamChoiceForm
    page_title = gettext_lazy("Teams of this entry")
    submit_label = gettext_lazy("Add as a co-author")

    def may_enter(self) -> bool:
        return may_share(self.request.user, self.entry)

    @cached_property
    def co_teams(self) -> list[CountryTeam]:
        """The co-authors now."""
        return list(self.entry.co_teams.order_by("name"))

    def get_form_kwargs(self) -> dict[str, Any]:
        taken = [self.entry.team_id, *(team.pk for team in self.co_teams)]
        return {**super().get_form_kwargs(), "without": taken}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"co_teams": self.co_teams, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remove the team of the button that was pressed, else add the chosen one."""
        if "remove" not in request.POST:
            return super().post(request, *args, **kwargs)
        number = request.POST["remove"]
        team = get_object_or_404(CountryTeam, pk=number if number.isdecimal() else 0)
        try:
            sharing.remove(self.entry, team, request.user)
        except SharingError as error:
            return refused(request, error, request.path)
        return done(request, _("“%(team)s” is no longer a co-author.") % {"team": team}, request.path)

    def form_valid(self, form: Any) -> HttpResponse:
        team = form.cleaned_data["team"]
        try:
            sharing.add(self.entry, team, self.request.user)
        except SharingError as error:
            return self.refuse(form, error, "team")
        return done(self.request, _("“%(team)s” may edit this entry now.") % {"team": team}, self.request.path)


class TransferView(EntryMixin, GuardedFormView):
    """Give the entry to another team."""

    form_class = TransferForm
    page_title = gettext_lazy("Transfer to another team")
    submit_label = gettext_lazy("Transfer")
    intro = gettext_lazy(
        "The entry moves under the other team's page in every language, with its files. Its reference stays, so links "
        "to it lead to the new address. The leads of both teams are told."
    )

    def may_enter(self) -> bool:
        return may_transfer(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "without": [self.entry.team_id]}

    def get_initial(self) -> dict[str, Any]:
        return {"team": self.request.GET.get("team")}

    def form_valid(self, form: Any) -> HttpResponse:
        team, keep = form.cleaned_data["team"], form.cleaned_data["keep"]
        try:
            left = transfer(self.entry, team, self.request.user, keep_as_co_author=keep)
        except TransferError as error:
            return self.refuse(form, error, "team")
        return done(self.request, transferred_text(self.entry, team, left), self.edit_url)


def transferred_text(entry: EntryPage, team: CountryTeam, left: int) -> str:
    """What a transfer did, and what it could not."""
    title = entry.get_admin_display_title()
    text = _("“%(title)s” belongs to “%(team)s” now.") % {"title": title, "team": team}
    if not left:
        return text
    stayed = ngettext(
        "%(count)d file stays with the old team: other entries use it.",
        "%(count)d files stay with the old team: other entries use them.",
        left,
    )
    return f"{text} {stayed % {'count': left}}"
