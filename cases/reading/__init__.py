"""Reading an entry for its page: `read(entry, request)` gives templates everything they show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from cases.reading.case import CaseView
from cases.reading.finding import home_paths
from cases.reading.method import MethodView
from cases.reading.view import EntryView

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cases.models import EntryPage

__all__ = ["CaseView", "EntryView", "MethodView", "read"]


def read(entry: EntryPage, request: HttpRequest) -> EntryView:
    """What the page of `entry`, as it stands in memory, shows to the person who asks; a preview: to a visitor."""
    view = CaseView if entry.kind == "case" else MethodView
    user = AnonymousUser() if getattr(request, "is_preview", False) else getattr(request, "user", AnonymousUser())
    return view(entry, user, home_paths(request))
