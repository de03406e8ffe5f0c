"""Asks an address of the matrix."""

from __future__ import annotations

from typing import Any

from tests.access.asking import Answer, ask
from tests.access.secrets import Thing
from tests.access.surfaces import Surface
from tests.access.world import World


def question(world: World, role: str, surface: Surface, ids: dict[str, Any]) -> Answer:
    """What a role is told."""
    return ask(world.clients[role], surface.method, surface.address(ids), surface.posted(ids), surface.ajax)


def objects(world: World, surface: Surface) -> list[Thing]:
    """The objects for which one can ask, or none in particular."""
    if not surface.key:
        return [world.everybody]
    return [thing for thing in world.things.values() if surface.fits(world.ids(thing))]
