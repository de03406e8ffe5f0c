"""Mails about teams; each kind's text is `templates/mail/{kind}.txt`."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import people
from cases.models import CountryTeam, EntryPage
from core import mailing


def register_kinds() -> None:
    """Tell the outbox, and the settings of people, which kinds there are."""
    mailing.register_kind("team-joined", _("New members of a team that I lead"), optional=True, concerns=_leads)
    mailing.register_kind("team-left", _("The end of a membership"), optional=False)
    mailing.register_kind("team-archived", _("Archived and restored teams"), optional=False)
    mailing.register_kind("co-author", _("Entries that my team becomes a co-author of"), optional=True, concerns=_leads)
    mailing.register_kind("entry-transferred", _("Entries that change their team"), optional=False)
    mailing.register_kind("account-request", _("Requests for an account"), optional=True, concerns=people.is_editor)
    mailing.register_kind("account-refused", _("Answers to requests for an account"), optional=False)


def _leads(user: Any) -> bool:
    return bool(people.led_by(user))


def joined(team: CountryTeam, user: User) -> None:
    """Tell the other leads."""
    to = people.leads(team).exclude(pk=user.pk)
    mailing.send("team-joined", to, {"team": team.name, "member": str(user), "link": _team_link(team)}, team.code)


def left(team: CountryTeam, user: User, by: Any) -> None:
    """Tell who was removed, unless they did it themselves."""
    if user != by:
        mailing.send("team-left", [user], {"team": team.name}, team.code)


def archived(team: CountryTeam, *, restored: bool) -> None:
    """Tell the leads."""
    context = {"team": team.name, "restored": restored, "link": _team_link(team)}
    mailing.send("team-archived", people.leads(team), context, team.code)


def co_author(team: CountryTeam, entry: EntryPage, by: Any) -> None:
    """Tell the leads of the team that may now edit the entry."""
    context = {"team": team.name, "owner": entry.team.name, **_entry(entry)}
    mailing.send("co-author", people.leads(team).exclude(pk=by.pk), context, entry.reference)


def transferred(entry: EntryPage, old: CountryTeam, new: CountryTeam, by: Any) -> None:
    """Tell the leads of both teams."""
    context = {"old": old.name, "new": new.name, **_entry(entry)}
    to = [*people.leads(old), *people.leads(new)]
    mailing.send("entry-transferred", [user for user in to if user != by], context, entry.reference)


def _entry(entry: EntryPage) -> dict[str, str]:
    link = mailing.absolute(reverse("wagtailadmin_pages:edit", args=[entry.pk]))
    return {"title": entry.get_admin_display_title(), "reference": entry.reference, "link": link}


def _team_link(team: CountryTeam) -> str:
    return mailing.absolute(reverse("teams:team", args=[team.pk]))
