"""The editing area: a word of welcome, and nothing that this site does not use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from wagtail import hooks
from wagtail.admin.ui.components import Component

NEWS_OF_THE_SOFTWARE = "whats-new"


class WelcomePanel(Component):
    """How this site is edited, in a few lines at the top of the dashboard."""

    name = "welcome"
    template_name = "home/admin/welcome.html"
    order = 50


@hooks.register("construct_homepage_panels")
def add_welcome(request: HttpRequest, panels: list[Any]) -> None:
    """Put the welcome first."""
    panels.append(WelcomePanel())


@hooks.register("construct_help_menu")
def hide_news_of_the_software(request: HttpRequest, menu_items: list[Any]) -> None:
    """Keep the guide for editors; what changed in Wagtail concerns those who run the site."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(NEWS_OF_THE_SOFTWARE)]
