"""Who may do what with a team and with the teams of an entry."""

from __future__ import annotations

from typing import Any

from cases import people
from cases.models import CountryTeam, EntryPage


def may_see_teams(user: Any) -> bool:
    """Whether the list of teams is of any use to this person."""
    return people.is_editor(user) or bool(people.teams_of(user))


def may_make_teams(user: Any) -> bool:
    """Make teams, change their names and countries, archive and restore them."""
    return people.is_editor(user)


def may_see(user: Any, team: CountryTeam) -> bool:
    """See who belongs to the team."""
    return people.is_editor(user) or team.pk in people.teams_of(user)


def may_lead(user: Any, team: CountryTeam) -> bool:
    """Invite and remove members, and see what was done. The lead of an archived team only looks."""
    return people.is_editor(user) or (team.archived_at is None and team.pk in people.led_by(user))


def may_see_activity(user: Any, team: CountryTeam) -> bool:
    """See who did what; also after the team was archived."""
    return people.is_editor(user) or team.pk in people.led_by(user)


def may_share(user: Any, entry: EntryPage) -> bool:
    """Choose the co-author teams of an entry."""
    return may_lead(user, entry.team)


def may_transfer(user: Any) -> bool:
    """Give an entry to another team."""
    return people.is_editor(user)


def may_move_or_delete(user: Any, entry: EntryPage) -> bool:
    """What neither co-authors nor an archived team may, though Wagtail would let whoever may change a draft."""
    own = entry.team_id in people.teams_of(user) and entry.team.archived_at is None
    return people.is_editor(user) or own
