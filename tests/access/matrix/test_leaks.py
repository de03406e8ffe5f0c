"""Each role at each surface, for an object in each state: nobody learns or changes what is not theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

import pytest

from tests.access.asking import Answer
from tests.access.matrix.questions import objects, question
from tests.access.papers import PAPERS
from tests.access.roles import GROUPS, INSIDERS, SEERS, STRANGERS
from tests.access.secrets import Secret, Thing, found
from tests.access.seen import EVERYBODY, SEEN
from tests.access.states import STATES
from tests.access.surfaces import SURFACES, Surface
from tests.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PLACES = [pytest.param(place, surface, id=surface.name) for place, surface in enumerate(SURFACES)]


def asked(world: World, surface: Surface, group: str) -> list[Thing]:
    """What a group asks for. Insiders: what is not theirs; others: what the team has, which is all the same to them."""
    things = objects(world, surface)
    if not world.forbidden(GROUPS[group][0]):
        return []
    if not surface.key:
        return things
    if group in INSIDERS:
        return [thing for thing in things if not world.knows(GROUPS[group][0], thing, surface.key)]
    return [thing for thing in things if thing.name in STATES or thing.name in PAPERS]


def turns(world: World, surface: Surface, place: int) -> Iterator[tuple[str, Thing]]:
    """Who asks for what: roles of a group in turn; whoever is sent to sign in, whatever it is, asks once."""
    for group, roles in GROUPS.items():
        things = asked(world, surface, group)
        if group in STRANGERS and things and surface.address(world.ids(things[0])).startswith("/admin/"):
            things = things[place % len(things) :][:1]
        for turn, thing in enumerate(things, place):
            yield roles[turn % len(roles)], thing


def everything(world: World, surface: Surface) -> Iterator[tuple[str, Thing]]:
    """Each role asks for each object."""
    for group, roles in GROUPS.items():
        yield from product(roles, asked(world, surface, group))


def unasked(secrets: list[Secret], surface: Surface, ids: dict[str, Any]) -> list[Secret]:
    """Those that the question itself does not hold: an answer may repeat what was asked."""
    asked = f"{surface.address(ids)} {surface.posted(ids)}"
    return [secret for secret in secrets if secret.text not in asked]


def leaks(world: World, surface: Surface, questions: Iterable[tuple[str, Thing]]) -> Iterator[str]:
    """What somebody learned, could tell from what is not there, or changed."""
    none: dict[str, tuple[dict[str, Any], Answer]] = {}
    for role, thing in questions:
        ids = world.ids(thing)
        answer = question(world, role, surface, ids)
        told = found(unasked(world.forbidden(role), surface, ids), answer.text)
        if surface.key and not world.knows(role, thing, surface.key):
            if role not in none:
                absent = surface.absent(ids)
                none[role] = absent, question(world, role, surface, absent)
            keys, other = none[role]
            told += [answer.difference(other, [*ids.values(), *keys.values()]), *answer.written]
        yield from (f"{role}, {thing.name}: {word}" for word in told if word)


@pytest.mark.parametrize(("place", "surface"), PLACES)
def test_nobody_learns_or_changes_what_is_not_theirs(world: World, place: int, surface: Surface) -> None:
    assert not list(leaks(world, surface, turns(world, surface, place)))


@pytest.mark.drill
@pytest.mark.parametrize(("place", "surface"), PLACES)
def test_nobody_does_whoever_asks(world: World, place: int, surface: Surface) -> None:
    assert not list(leaks(world, surface, everything(world, surface)))


@pytest.mark.parametrize(("place", "surface"), [one for one in PLACES if not one.values[1].silent])
def test_those_who_may_see_do(world: World, place: int, surface: Surface) -> None:
    blind = []
    for group in SEEN.get(surface.route, EVERYBODY).split():
        role = SEERS[group][place % len(SEERS[group])]
        if not any(shows(world, role, surface, thing) for thing in objects(world, surface)):
            blind.append(role)
    assert not blind, "these see no word of any object: is it asked for in the right way?"


def shows(world: World, role: str, surface: Surface, thing: Thing) -> bool:
    """Whether a role is shown a word that is not in the question."""
    ids = world.ids(thing)
    return bool(found(unasked(world.secrets, surface, ids), question(world, role, surface, ids).text))
