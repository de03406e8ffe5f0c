"""Middleware: what was withdrawn answers 410, not 404."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language

from core.views import gone, not_found
from core.withdrawals import at_address

NOT_FOUND = HttpResponseNotFound.status_code


class LanguageMiddleware(LocaleMiddleware):
    """Sends visitors on to an address with a language only from addresses that no view answers.

    Django's own does so for every 404: a permanent reference or a file that is not there would become a redirect.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leave the 404 of a view as it is."""
        if response.status_code == NOT_FOUND and request.resolver_match is not None:
            response.headers.setdefault("Content-Language", get_language() or settings.LANGUAGE_CODE)
            return response
        return super().process_response(request, response)


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
