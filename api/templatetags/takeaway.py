"""Links by which a reader takes results away. Use: `{% load takeaway %}{% takeaway_links query %}`."""

from __future__ import annotations

from typing import Any, Final

from django import template
from django.urls import reverse

from search.query import Query

FORMATS: Final = (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"))

register = template.Library()


@register.inclusion_tag("api/takeaway.html", takes_context=True)
def takeaway_links(context: dict[str, Any], query: Query, kind: str = "") -> dict[str, Any]:
    """The downloads and the feed of a search; `kind` for a list of one kind, to which its query is bound."""
    asked = query.with_value("kind", kind) if kind else query
    address = asked.with_page(1).url().rstrip("?")
    files = [(name, reverse(f"api:{route}") + address) for name, route in FORMATS]
    return {"files": files, "feed": reverse("api:feed") + address, "frame": context.get("frame")}


@register.simple_tag
def feed_address(query: Query, kind: str = "") -> str:
    """The address of the feed of a search, for the head of its page."""
    asked = query.with_value("kind", kind) if kind else query
    return reverse("api:feed") + asked.with_page(1).url().rstrip("?")
