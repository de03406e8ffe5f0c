"""Making a team in one form, changing it, archiving and restoring it: for editors."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.log_actions import log

from cases.members.admin.base import GuardedFormView, TeamMixin, done
from cases.members.admin.forms import NewTeamForm, TeamForm
from cases.members.archive import archive, restore
from cases.members.memberships import LEAD, invite
from cases.members.rules import may_make_teams
from cases.teams import TeamError, create_team


class NewTeamView(GuardedFormView):
    """A team with its pages, groups, rights and collection, and the invitation of its lead: all or nothing."""

    form_class = NewTeamForm
    page_title = gettext_lazy("Make a team")
    submit_label = gettext_lazy("Make the team")
    intro = gettext_lazy(
        "The team gets a page in every language, a group of experts and one of leads, and a collection for its "
        "pictures and files."
    )

    def may_enter(self) -> bool:
        return may_make_teams(self.request.user)

    def form_valid(self, form: Any) -> HttpResponse:
        values = form.cleaned_data
        try:
            with transaction.atomic():
                team = create_team(
                    values["code"], values["name"], values["countries"], values["contact"], by=self.request.user
                )
                if values["lead_email"]:
                    language = values["lead_language"] or "en"
                    invite(team, values["lead_email"], LEAD, language=language, by=self.request.user)
        except TeamError as error:
            return self.refuse(form, error, "code" if str(error).startswith("code:") else None)
        return done(self.request, _("“%(team)s” is made.") % {"team": team}, reverse("teams:team", args=[team.pk]))


class TeamFormView(TeamMixin, GuardedFormView):
    """A form about the team of the address."""

    @property
    def cancel_url(self) -> str:  # type: ignore[override]
        """Back to the team."""
        return self.team_url


class EditTeamView(TeamFormView):
    """Name, countries and contact; the code is for good."""

    form_class = TeamForm
    page_title = gettext_lazy("Change the team")
    submit_label = gettext_lazy("Save")

    def may_enter(self) -> bool:
        return may_make_teams(self.request.user)

    def get_initial(self) -> dict[str, Any]:
        countries = [country.code for country in self.team.countries.all()]
        return {"name": self.team.name, "contact": self.team.contact, "countries": countries}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["countries"].keep(form.initial["countries"])
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        values = form.cleaned_data
        if self._loses_its_country(values["countries"]):
            text = _("“%(code)s” is the team's code: keep that country.") % {"code": self.team.code}
            return self.refuse(form, ValueError(text), "countries")
        with transaction.atomic():
            self.team.name, self.team.contact = values["name"], values["contact"]
            self.team.save(update_fields=["name", "contact"])
            self.team.countries.set([country.id for country in values["countries"]])
            log(self.team, "cases.team.edit", user=self.request.user, data={"fields": form.changed_data})
        return done(self.request, _("“%(team)s” is saved.") % {"team": self.team}, self.team_url)

    def _loses_its_country(self, countries: Any) -> bool:
        had = any(country.code == self.team.code for country in self.team.countries.all())
        return had and all(country.code != self.team.code for country in countries)


class ArchiveView(TeamMixin, TemplateView):
    """Archive the team, or restore it: whichever it is not."""

    template_name = "cases/members/archive.html"

    def may_enter(self) -> bool:
        return may_make_teams(self.request.user)

    def get_page_title(self) -> str:
        text = _("Restore “%(team)s”") if self.team.archived_at else _("Archive “%(team)s”")
        return text % {"team": self.team}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the page showed: a second click on a page that is out of date changes nothing."""
        if request.POST.get("action") == "restore":
            restore(self.team, request.user)
            text = _("“%(team)s” is restored.")
        else:
            archive(self.team, request.user)
            text = _("“%(team)s” is archived.")
        return done(request, text % {"team": self.team}, self.team_url)
