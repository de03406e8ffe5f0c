"""Tags of the look: `{% load look %}`."""

from __future__ import annotations

from django import template

from core.styles import address

register = template.Library()


@register.simple_tag
def styles(*names: str) -> str:
    """The address of files of `static/css/` as one sheet. Use: `href="{% styles "search" "charts" %}"`."""
    return address(*names)
