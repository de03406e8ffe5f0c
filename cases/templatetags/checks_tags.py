"""What checks found, where an entry is edited."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from cases.checks import findings
from cases.checks.looking import unread
from cases.checks.views import URL_NAME

register = template.Library()


@register.inclusion_tag("cases/admin/checks.html")
def findings_of(entry: Any, places: Any = None) -> dict[str, Any]:
    """The findings in the draft `entry` that are not accepted; `places` gives the anchor of each field."""
    if entry.pk is None:
        return {"findings": []}
    found = findings(entry)
    known = places or {}
    return {
        "entry": entry,
        "findings": [(one, known.get(one.field)) for one in found if not one.is_settled],
        "accepted": sum(one.is_settled for one in found),
        "unread": [item.file for item in unread(entry)],
        "link": reverse(URL_NAME, args=[entry.pk]),
    }
