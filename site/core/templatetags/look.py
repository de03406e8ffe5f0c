"""Tags of the look: `{% load look %}`."""

from __future__ import annotations

from django import template

from core.styles import address

register = template.Library()


@register.simple_tag
def styles(name: str) -> str:
    """The address of a style sheet of `static/css/`. Use: `<link rel="stylesheet" href="{% styles "search" %}">`."""
    return address(name)
