"""The editing area: a word of welcome, and nothing that this site does not use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from wagtail import hooks
from wagtail.admin.ui.components import Component

# Menu items of Wagtail that lead nowhere here, by name.
UNUSED_MENU_ITEMS = frozenset({"help"})


class WelcomePanel(Component):
    """How this site is edited, in a few lines at the top of the dashboard."""

    name = "welcome"
    template_name = "home/admin/welcome.html"
    order = 50


@hooks.register("construct_homepage_panels")
def add_welcome(request: HttpRequest, panels: list[Any]) -> None:
    """Put the welcome first."""
    panels.append(WelcomePanel())


@hooks.register("construct_main_menu")
def hide_unused(request: HttpRequest, menu_items: list[Any]) -> None:
    """Leave out what would only confuse."""
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED_MENU_ITEMS]
