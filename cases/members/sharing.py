"""Adding another team to an entry as a co-author, and removing it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail.log_actions import log

from cases.members import mails
from cases.models import CountryTeam, EntryPage


class SharingError(ValueError):
    """What cannot be done with the teams of an entry; the text says why, for the person who tried."""


@transaction.atomic
def add(entry: EntryPage, team: CountryTeam, by: Any) -> None:
    """Let the members of `team` edit the entry and its files. Raises `SharingError`."""
    source = _locked(entry)
    if team.archived_at is not None:
        raise SharingError(_("%(team)s is archived.") % {"team": team})
    if team.pk == source.team_id or source.co_teams.filter(pk=team.pk).exists():
        raise SharingError(_("%(team)s is an author of this entry already.") % {"team": team})
    source.co_teams.add(team)
    log(source.specific, "cases.co_team.add", user=by, data={"team": team.name, "code": team.code})
    mails.co_author(team, source, by)


@transaction.atomic
def remove(entry: EntryPage, team: CountryTeam, by: Any) -> None:
    """Close the entry to the team again. Raises `SharingError`."""
    source = _locked(entry)
    if not source.co_teams.filter(pk=team.pk).exists():
        raise SharingError(_("%(team)s is no co-author of this entry.") % {"team": team})
    source.co_teams.remove(team)
    log(source.specific, "cases.co_team.remove", user=by, data={"team": team.name, "code": team.code})


def _locked(entry: EntryPage) -> EntryPage:
    """The original, for this transaction alone."""
    entries = EntryPage.objects.select_for_update(of=("self",)).select_related("team")
    return entries.get(pk=entry.original_id or entry.pk)
