"""Telling people why something was not done."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from wagtail.admin import messages

from cases.gates import GapsRemain
from cases.workflow.rules import Refused


def tell_refusal(request: HttpRequest, refusal: PermissionDenied, before: str = "") -> None:
    """Show the reason as a message, with every gap or change named; `before` says what was done nevertheless."""
    messages.error(request, describe(refusal, before))


def describe(refusal: PermissionDenied, before: str = "") -> str:
    """The reason as HTML."""
    text, details = _parts(refusal)
    lines = format_html_join("", "<li>{}</li>", ((detail,) for detail in details))
    return format_html("{} {}{}", before, text, format_html("<ul>{}</ul>", lines) if details else "")


def _parts(refusal: PermissionDenied) -> tuple[str, list[Any]]:
    if isinstance(refusal, GapsRemain):
        return _("The entry has gaps:"), [gap.message for gap in refusal.gaps]
    if isinstance(refusal, Refused):
        return str(refusal), list(refusal.details)
    return str(refusal) or _("You may not do this."), []
