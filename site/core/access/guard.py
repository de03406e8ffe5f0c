"""Before each address of the admin: whoever may not know the object that it names is told that there is none.

Wagtail's own views say "there is no such page" or "you may not", each in its own way, and some of them name the page.
Asked here, an object that is not there and one that is somebody else's give the same answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch, reverse

from wagtail.admin.auth import permission_denied

from core.access.demands import Demand, demands
from core.access.knowledge import Insider


class AccessGuard:
    """Middleware; stands behind those that know the person and the language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Refuse, or let the view answer. Whoever may not enter the admin at all is sent to sign in by Wagtail."""
        match = request.resolver_match
        if match is None or not _is_admin(request, match) or not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        return refuse(request, demands(request, match))


def refuse(request: HttpRequest, wanted: list[Demand]) -> HttpResponseBase | None:
    """404 when one thing may not be known, Wagtail's refusal when one is known but closed, else nothing."""
    closed, insider = False, Insider(request.user)
    for demand in wanted:
        if not demand.is_met(insider):
            if not demand.is_known(insider):
                raise Http404
            closed = True
    return permission_denied(request) if closed else None


def _is_admin(request: HttpRequest, match: ResolverMatch) -> bool:
    return request.path.startswith(reverse("wagtailadmin_home"))
