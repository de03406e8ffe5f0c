"""Whoever may act does, so that the matrix can fail; whoever knows an object but may not act on it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.access.acting import ACTORS, IDLE, WHO, actors
from tests.access.matrix.questions import objects, question
from tests.access.secrets import Thing
from tests.access.surfaces import SURFACES, Surface
from tests.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DEEDS = [surface for surface in SURFACES if surface.method == "post"]
PLACES = [pytest.param(place, surface, id=surface.name) for place, surface in enumerate(DEEDS)]


def known(world: World, surface: Surface, role: str) -> list[Thing]:
    """The objects of which the role may know."""
    things = objects(world, surface)
    return [thing for thing in things if not surface.key or world.knows(role, thing, surface.key)]


def deeds(world: World, surface: Surface, role: str, things: list[Thing]) -> Iterator[str]:
    """What the role changes."""
    for thing in things:
        written = question(world, role, surface, world.ids(thing)).written
        yield from (f"{role}, {thing.name}: {table}" for table in written)


def acts(world: World, surface: Surface, role: str) -> bool:
    """Whether the role changes some object."""
    return any(deeds(world, surface, role, known(world, surface, role)))


@pytest.mark.parametrize(("place", "surface"), PLACES)
def test_whoever_only_knows_changes_nothing(world: World, place: int, surface: Surface) -> None:
    for role in sorted(WHO - actors(surface)):
        things = known(world, surface, role)
        assert not list(deeds(world, surface, role, things[place % len(things) :][:1] if things else []))


@pytest.mark.drill
@pytest.mark.parametrize(("place", "surface"), PLACES)
def test_whoever_only_knows_changes_nothing_anywhere(world: World, place: int, surface: Surface) -> None:
    idle = [(role, known(world, surface, role)) for role in sorted(WHO - actors(surface))]
    assert not [deed for role, things in idle for deed in deeds(world, surface, role, things)]


WITNESSED = [one for one in PLACES if one.values[1].name not in IDLE]


@pytest.mark.parametrize(("place", "surface"), WITNESSED)
def test_whoever_may_act_does(world: World, place: int, surface: Surface) -> None:
    acting = sorted(actors(surface))
    assert acts(world, surface, acting[place % len(acting)])


@pytest.mark.drill
@pytest.mark.parametrize(("place", "surface"), WITNESSED)
def test_all_who_may_act_do(world: World, place: int, surface: Surface) -> None:
    assert not [role for role in actors(surface) if not acts(world, surface, role)]


def test_no_line_outlives_its_surface() -> None:
    names = {surface.name for surface in DEEDS}
    assert set(ACTORS) | set(IDLE) <= names
    assert not set(ACTORS) & set(IDLE)
    assert all(IDLE.values())
