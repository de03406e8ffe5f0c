"""Middleware for how answers travel: what a page may load, who may keep it and for how long, and compressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control

Answer = Callable[[HttpRequest], HttpResponseBase]
POLICY: Final = "Content-Security-Policy"
SAFE_METHODS: Final = frozenset({"GET", "HEAD"})
TEXTS: Final = ("text/", "application/json", "application/javascript", "image/svg+xml")
PARTIAL: Final = 206


class ContentPolicy:
    """Pages load nothing but the site's own files and run no code of their own; the admin has its policy.

    The settings have the names and the form of Django 6, which brings this itself. A view may set a stricter policy.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_admin = request.path.startswith(reverse("wagtailadmin_home"))
        response.headers.setdefault(POLICY, written("SECURE_CSP_ADMIN" if is_admin else "SECURE_CSP"))
        return response


class Revalidation:
    """Nothing is shown again without asking, because a withdrawal acts at once; what is private is not kept.

    An unchanged page costs its visitor 304 and no body: `ConditionalGetMiddleware`, further out, compares. Asking who
    is there names the cookie in `Vary`: no cache mixes up a visitor's page and a member's. What a view says wins.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.has_header("Cache-Control"):
            return response
        if request.method not in SAFE_METHODS or request.user.is_authenticated:
            add_never_cache_headers(response)
            return response
        # A form holds a secret of the one visitor to whom it was sent.
        is_personal = bool(response.cookies) or "CSRF_COOKIE" in request.META
        patch_cache_control(response, no_cache=True, **({"private": True} if is_personal else {}))
        return response


class Compression(GZipMiddleware):
    """Texts travel compressed, style sheets and scripts among them; pictures and archives are so already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "")
        if response.status_code == PARTIAL or not (kind.startswith(TEXTS) or "xml" in kind):
            return response
        return super().process_response(request, response)


@lru_cache(maxsize=2)
def _joined(policy: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in policy)


def written(setting: str) -> str:
    """A policy of the settings as a header's text."""
    policy: Mapping[str, Sequence[str]] = getattr(settings, setting)
    return _joined(tuple((directive, tuple(sources)) for directive, sources in policy.items()))
