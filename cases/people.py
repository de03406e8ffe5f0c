"""Who is who: the roles, and the teams of a person. Everything is asked once for each user object, then remembered.

Administrators (superusers) hold every role. A closed account holds none. A request reads its user afresh, so a change
of roles acts with the next click.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import EDITORS, ETHICS, REVIEWERS
from cases.models import CountryTeam, EntryPage

if TYPE_CHECKING:
    from uuid import UUID

EXPERTS_OF = "team:"
LEADS_OF = "team-lead:"
T = TypeVar("T")


def is_editor(user: Any) -> bool:
    """Whether this person moderates."""
    return _holds(user, EDITORS)


def is_ethics(user: Any) -> bool:
    """Whether this person gives the second approval to sensitive cases."""
    return _holds(user, ETHICS)


def is_reviewer(user: Any) -> bool:
    """Whether this person reads and comments on what is submitted."""
    return _holds(user, REVIEWERS)


def is_moderator(user: Any) -> bool:
    """Whether this person is an editor or an ethics moderator."""
    return is_editor(user) or is_ethics(user)


def teams_of(user: Any) -> frozenset[int]:
    """Keys of the teams to which this person belongs, as expert or lead; archived ones too."""
    return frozenset(_teams(user))


def led_by(user: Any) -> frozenset[int]:
    """Keys of the teams that this person leads."""
    return frozenset(key for key, leads in _teams(user).items() if leads)


def is_of_team(user: Any, entry: EntryPage) -> bool:
    """Whether the entry is of one of this person's teams: the team it belongs to, or one that is a co-author."""
    teams = _teams(user)
    return entry.team_id in teams or (bool(teams) and entry.translation_key in coauthored_by(user))


def coauthored_by(user: Any) -> frozenset[UUID]:
    """Translation keys of the entries of which one of the person's teams is a co-author; archived teams are none."""
    keys = teams_of(user)
    if not keys:
        return frozenset()
    entries = EntryPage.objects.filter(co_teams__in=keys, co_teams__archived_at=None).order_by()
    return _once(user, "coauthored", lambda: frozenset(entries.values_list("translation_key", flat=True)))


def members(team: CountryTeam) -> QuerySet[User]:
    """The open accounts of the team, experts and leads, by name."""
    return _accounts(*team.group_names)


def leads(team: CountryTeam) -> QuerySet[User]:
    """The open accounts that lead the team."""
    return _accounts(team.group_names[1])


def editors() -> QuerySet[User]:
    """Whom to tell what concerns editors; administrators only when they are in the group."""
    return _accounts(EDITORS)


def ethics_moderators() -> QuerySet[User]:
    """Whom to tell what concerns ethics moderators."""
    return _accounts(ETHICS)


def forget(user: Any) -> None:
    """Ask afresh for this user object: its groups, or the co-authors of an entry, changed in this request."""
    vars(user).pop("_people", None)


def _accounts(*groups: str) -> QuerySet[User]:
    found = User.objects.filter(is_active=True, groups__name__in=groups)
    return found.distinct().order_by("first_name", "last_name", "email")


def _holds(user: Any, role: str) -> bool:
    return _is_open(user) and (user.is_superuser or role in _groups(user))


def _is_open(user: Any) -> bool:
    return bool(user and user.is_authenticated and user.is_active)


def _groups(user: Any) -> frozenset[str]:
    return _once(user, "groups", lambda: frozenset(user.groups.values_list("name", flat=True)))


def _teams(user: Any) -> dict[int, bool]:
    """The person's teams by key, and whether they lead it."""
    return _once(user, "teams", lambda: _read_teams(_groups(user))) if _is_open(user) else {}


def _read_teams(groups: frozenset[str]) -> dict[int, bool]:
    experts = {name.removeprefix(EXPERTS_OF) for name in groups if name.startswith(EXPERTS_OF)}
    leading = {name.removeprefix(LEADS_OF) for name in groups if name.startswith(LEADS_OF)}
    if not experts | leading:
        return {}
    teams = CountryTeam.objects.filter(code__in=experts | leading).order_by()
    return {key: code in leading for key, code in teams.values_list("pk", "code")}


def _once(user: Any, name: str, ask: Callable[[], T]) -> T:
    known: dict[str, Any] = vars(user).setdefault("_people", {})
    if name not in known:
        known[name] = ask()
    return known[name]
