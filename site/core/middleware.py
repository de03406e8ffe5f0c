"""Middleware: what was withdrawn answers 410, not 404."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from core.views import gone, not_found
from core.withdrawals import at_address

NOT_FOUND = HttpResponseNotFound.status_code


class WithdrawnMiddleware:
    """Look up the path of a 404 once among the withdrawn addresses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            return not_found(request)  # no address holds a NUL, and PostgreSQL refuses to be asked for one
        response = self.get_response(request)
        if response.status_code != NOT_FOUND:
            return response
        withdrawal = at_address(request.path)
        return gone(request, withdrawal) if withdrawal else response
