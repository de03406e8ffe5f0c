"""Each role at each surface, for an object in each state: nobody learns what is not theirs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.access.asking import Answer, ask
from tests.access.roles import ROLES
from tests.access.secrets import Audience, Secret, Thing, found
from tests.access.surfaces import SURFACES, Surface
from tests.access.world import World

pytestmark = pytest.mark.django_db

OUTSIDERS = [name for name, role in ROLES.items() if Audience.TEAM not in role.knows]
"""To members of the team, its co-authors and moderators nothing of it is closed."""
WITNESSES = ("expert", "editor", "admin", "visitor")
"""Those who may see: each surface that is not silent shows one of them something, else its test would prove nothing."""


def question(world: World, role: str, surface: Surface, ids: dict[str, Any]) -> Answer:
    """What a role is told."""
    return ask(world.clients[role], surface.method, surface.address(ids), surface.posted(ids), surface.ajax)


def objects(world: World, surface: Surface) -> list[Thing]:
    """The objects for which one can ask, or none in particular."""
    if not surface.key:
        return [world.everybody]
    return [thing for thing in world.things.values() if surface.fits(world.ids(thing))]


def unasked(secrets: list[Secret], surface: Surface, ids: dict[str, Any]) -> list[Secret]:
    """Those that the question itself does not hold: an answer may repeat what was asked."""
    asked = f"{surface.address(ids)} {surface.posted(ids)}"
    return [secret for secret in secrets if secret.text not in asked]


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.name)
@pytest.mark.parametrize("role", OUTSIDERS)
def test_nobody_learns_what_is_not_theirs(world: World, role: str, surface: Surface) -> None:
    leaks: list[str] = []
    absent: dict[str, Any] = {}
    none: Answer | None = None
    for thing in objects(world, surface):
        ids = world.ids(thing)
        answer = question(world, role, surface, ids)
        leaks += [f"{thing.name}: {word}" for word in found(unasked(world.forbidden(role), surface, ids), answer.text)]
        if surface.key and not world.knows(role, thing, surface.key):
            absent = absent or surface.absent(ids)
            none = none or question(world, role, surface, absent)
            if difference := answer.difference(none, [*ids.values(), *absent.values()]):
                leaks.append(f"{thing.name}: {difference}")
    assert not leaks


@pytest.mark.parametrize("surface", [one for one in SURFACES if not one.silent], ids=lambda surface: surface.name)
def test_those_who_may_see_do(world: World, surface: Surface) -> None:
    words = [secret for thing in [*world.things.values(), world.everybody] for secret in thing.secrets]
    for role in WITNESSES:
        for thing in objects(world, surface):
            if found(words, question(world, role, surface, world.ids(thing)).text):
                return
    pytest.fail("shows no word of any object: is it asked for in the right way?")
