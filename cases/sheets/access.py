"""Who may bring and take spreadsheets of which team: its own people, and editors for every team."""

from __future__ import annotations

from typing import Any

from cases.models import CountryTeam
from cases.people import is_editor, teams_of


def teams_for(user: Any) -> list[CountryTeam]:
    """The teams whose drafts this person may import and export, by name; archived ones take nothing any more."""
    teams = CountryTeam.objects.filter(archived_at=None).order_by("name", "pk")
    return list(teams if is_editor(user) else teams.filter(pk__in=teams_of(user)))


def team_for(user: Any, code: str) -> CountryTeam | None:
    """The team with this code, if it is among those."""
    return next((team for team in teams_for(user) if team.code == code), None)
