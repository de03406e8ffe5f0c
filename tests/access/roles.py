"""The people who ask, each with a browser that is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from accounts.roles import EDITORS, ETHICS, REVIEWERS
from tests.access.secrets import Audience

TEAM: Final = "ken"
"""The team whose objects are asked for."""
CO_TEAM: Final = "tza"
"""The team that is co-author of each of them."""
OTHER_TEAM: Final = "rwa"
"""A team with which only moderators and reviewers have to do."""
CO_AUTHORS: Final = frozenset({Audience.PUBLIC, Audience.SUBMITTED, Audience.TEAM})
TEAM_MEMBERS: Final = CO_AUTHORS | {Audience.ALONE}
REVIEW: Final = frozenset({Audience.PUBLIC, Audience.SUBMITTED, Audience.OTHER_SUBMITTED})
EVERYTHING: Final = frozenset(Audience)
OUTSIDE: Final = frozenset({Audience.PUBLIC})


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of person; `knows` is the whole policy of who may read what."""

    groups: tuple[str, ...] = ()
    knows: frozenset[Audience] = OUTSIDE
    is_superuser: bool = False
    is_active: bool = True
    left: bool = False
    """Was of the team once: wrote, edited, submitted and locked its entries."""
    anonymous: bool = False


ROLES: Final[Mapping[str, Role]] = {
    "visitor": Role(anonymous=True),
    "expert": Role((f"team:{TEAM}",), TEAM_MEMBERS),
    "expert-elsewhere": Role(("team:uga",)),
    "lead": Role((f"team:{TEAM}", f"team-lead:{TEAM}"), TEAM_MEMBERS),
    "lead-elsewhere": Role(("team:uga", "team-lead:uga")),
    "two-teams": Role((f"team:{TEAM}", "team:uga"), TEAM_MEMBERS),
    "two-teams-elsewhere": Role(("team:uga", "team:international")),
    "reviewer": Role((REVIEWERS,), REVIEW),
    "editor": Role((EDITORS,), EVERYTHING - {Audience.OWN}),
    "ethics": Role((ETHICS,), EVERYTHING - {Audience.OWN, Audience.EDITORS}),
    "admin": Role((), EVERYTHING, is_superuser=True),
    "inactive": Role((f"team:{TEAM}",), is_active=False),
    "removed": Role((), left=True),
    "moved-on": Role(("team:uga",), left=True),
    "account": Role(),
    "co-author": Role((f"team:{CO_TEAM}",), CO_AUTHORS),
}
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "visitors": ("visitor",),
    "accounts": ("account", "inactive", "removed"),
    "elsewhere": ("moved-on", "expert-elsewhere", "lead-elsewhere", "two-teams-elsewhere"),
    "reviewers": ("reviewer",),
    "members": ("expert", "lead", "two-teams"),
    "co-authors": ("co-author",),
    "ethics": ("ethics",),
    "editors": ("editor",),
}
"""Roles that may know the same: they take turns, object by object; in the drill each asks for each."""
STRANGERS: Final = frozenset({"visitors", "accounts"})
"""Those who do not enter the admin, whatever it is that they ask for."""
INSIDERS: Final = frozenset({"members", "co-authors", "ethics", "editors"})
"""Those who know an entry of the team in every state."""
SEERS: Final[Mapping[str, tuple[str, ...]]] = {
    "members": ("expert", "two-teams"),
    "leads": ("lead",),
    "co-authors": ("co-author",),
    "editors": ("editor", "admin"),
    "ethics": ("ethics",),
    "admins": ("admin",),
}
"""Insiders by the addresses at which they have something to do (`tests.access.seen`)."""


def may_read(role: str, audience: Audience) -> bool:
    """The policy: what a role may learn, on whatever surface."""
    return audience in ROLES[role].knows


def make_user(name: str) -> User:
    """The account of a role, with all that it had once: closed or left it is only when the objects are made."""
    role = ROLES[name]
    user = User.objects.create_user(f"{name}@example.org", first_name=name.title(), is_superuser=role.is_superuser)
    _join(user, *((f"team:{TEAM}",) if role.left else role.groups))
    return user


def leave(people: Mapping[str, User]) -> None:
    """Take from those who left what they had."""
    for name, role in ROLES.items():
        if role.left:
            _join(people[name], *role.groups)


def _join(user: User, *groups: str) -> None:
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups), groups


def sign_in(name: str, user: User) -> Client:
    """A browser in which the role signed in before anything was taken from it."""
    client = Client()
    if not ROLES[name].anonymous:
        client.force_login(user)
    if not ROLES[name].is_active:
        User.objects.filter(pk=user.pk).update(is_active=False)
    return client
