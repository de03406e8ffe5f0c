"""The menu “Desk” and the addresses of everything in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from cases.desk import claiming
from cases.desk.access import Reader, may_look, may_moderate
from cases.desk.bulk import views as bulk
from cases.desk.lists import PREFIX, addresses_of
from cases.desk.overview import Overview
from cases.desk.registry import places


class DeskItem(MenuItem):
    """A line that its readers see."""

    def __init__(self, *args: Any, readers: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readers = readers

    def is_shown(self, request: HttpRequest) -> bool:
        return self.readers(request.user)


class DeskMenu(Menu):
    """Filled from the registry, not by a hook: an upper room's lists are there once its app is ready."""

    @property
    def registered_menu_items(self) -> list[MenuItem]:
        items = [
            DeskItem(
                _("Overview"), reverse("desk"), name="desk-overview", icon_name="desk", order=0, readers=may_moderate
            )
        ]
        return items + [
            DeskItem(
                place.label, place.url, name=f"desk-{place.view.name}", icon_name=place.icon, order=place.order,
                readers=place.is_for,
            )
            for place in places()
        ]  # fmt: skip


class DeskMenuItem(SubmenuMenuItem):
    """The menu itself."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_look(request.user)


def menu_item() -> MenuItem:
    """“Desk” in the main menu, above what is written and managed."""
    return DeskMenuItem(_("Desk"), DeskMenu(None), name="desk", icon_name="clipboard-list", order=90)


def addresses() -> list[URLPattern]:
    """Everything below `/admin/desk/`."""
    lists = [address for place in places() for view in (place.view, *place.more) for address in addresses_of(view)]
    return [path(PREFIX, Overview.as_view(), name="desk"), *lists, *bulk.addresses(), *claiming.addresses()]
