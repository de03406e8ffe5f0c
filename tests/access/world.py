"""The world of the matrix: one team with an object in every state, and a browser for each role. Built once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from tests.access.papers import make_papers
from tests.access.roles import CO_TEAM, OTHER_TEAM, ROLES, TEAM, leave, make_user, may_read, sign_in
from tests.access.secrets import Audience, Secret, Thing
from tests.access.states import make_alone, make_others, make_things
from tests.factories.entries import make_case, make_team, team_page


@dataclass
class World:
    """People, browsers and objects."""

    people: dict[str, User]
    clients: dict[str, Client]
    things: dict[str, Thing]
    everybody: Thing = field(default_factory=lambda: Thing("everybody"))
    """What belongs to no single object: the names of people, the pages of the team."""

    def forbidden(self, role: str) -> list[Secret]:
        """All words that the role may not read."""
        return [secret for secret in self.secrets if not may_read(role, secret.audience)]

    @cached_property
    def secrets(self) -> list[Secret]:
        """All words."""
        return [secret for thing in [*self.things.values(), self.everybody] for secret in thing.secrets]

    def ids(self, thing: Thing) -> dict[str, Any]:
        """The keys of an object, and those that are the same for all."""
        return {**self.everybody.ids, **thing.ids}

    def knows(self, role: str, thing: Thing, key: str) -> bool:
        """Whether the role may know that the object is there."""
        return thing.known_to(ROLES[role].knows, key)


def make_world() -> World:
    """Everything, in a second or two."""
    team = make_team(TEAM)
    make_team(CO_TEAM)
    everybody = Thing("everybody")
    people = {name: make_user(name) for name in ROLES}
    people["author"] = _author(everybody, TEAM, Audience.SUBMITTED)
    other = make_team(OTHER_TEAM)
    colleague = _author(everybody, OTHER_TEAM, Audience.OTHER_SUBMITTED)
    mine = make_case(make_team("uga"), live=False, owner=people["moved-on"], title="Of another team")
    everybody.ids |= {"parent": team_page(team).pk, "my_team": team_page(make_team("uga")).pk}
    everybody.ids |= {"team": team.pk, "other_team": other.pk, "author": people["author"].pk}
    everybody.ids |= {"mine": mine.pk, "mine_revision": mine.save_revision(user=people["moved-on"]).pk}
    things = make_things(team, people) | {"alone": make_alone(team, people)}
    things |= make_others(other, {**people, "author": colleague, "moved-on": colleague})
    things |= make_papers(team, people)
    leave(people)
    clients = {name: sign_in(name, people[name]) for name in ROLES}
    return World(people, clients, things, everybody)


def _author(everybody: Thing, team: str, audience: Audience) -> User:
    """A member whose name only the team and those who work with it may read."""
    author = User.objects.create_user(
        f"{everybody.word(f'{team}mail', audience)}@example.org",
        first_name="Ann",
        last_name=everybody.word(f"{team}name", audience).title(),
    )
    author.groups.set(Group.objects.filter(name=f"team:{team}"))
    return author
