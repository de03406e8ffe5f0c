"""What stands on the desk: its lists and the figures of its first page. Upper rooms add theirs when they are ready."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from cases.desk.lists import DeskList, address_name


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on the first page, what it counts, and the address of the list that shows just these."""

    number: int
    label: str | Promise
    url: str
    pressing: bool = False
    """Above zero it asks for somebody to act."""


@dataclass(frozen=True, slots=True)
class Place:
    """One list of the desk, with its line in the menu, and a function that counts its figures for an account."""

    view: type[DeskList]
    label: str | Promise
    icon: str
    order: int
    figures: Callable[[Any], Iterable[Figure]] | None = None
    more: tuple[type[DeskList], ...] = ()
    """Lists of the same kind, reached through tabs rather than the menu."""

    def is_for(self, user: Any) -> bool:
        """Who may open it."""
        return self.view.is_for(user)

    @property
    def url(self) -> str:
        """Where the list is."""
        return reverse(address_name(self.view.name))


_places: dict[str, Place] = {}


def register(place: Place) -> None:
    """Put a list on the desk."""
    _places[place.view.name] = place


def places() -> list[Place]:
    """All lists in their order."""
    return sorted(_places.values(), key=lambda place: (place.order, place.view.name))
