"""Middleware for how answers travel: what a page may load, who may keep it and for how long, and compressed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control, patch_vary_headers

import brotli

Answer = Callable[[HttpRequest], HttpResponseBase]
POLICY: Final = "Content-Security-Policy"
SAFE_METHODS: Final = frozenset({"GET", "HEAD"})
TEXTS: Final = ("text/", "application/json", "application/javascript", "image/svg+xml")
PARTIAL: Final = 206
SHORT: Final = 200
ACCEPTS_BROTLI: Final = re.compile(r"\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
EFFORT, EFFORT_ONCE = 5, 11
"""Of eleven: a page takes two milliseconds. What caches keep forever is worth more."""


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
        if isinstance(response, HttpResponse) and _may_be_brotli(request, response):
            return _brotli(response)
        return super().process_response(request, response)


def _may_be_brotli(request: HttpRequest, response: HttpResponse) -> bool:
    """Not for what one person alone may read: gzip hides its length by chance (see `GZipMiddleware`)."""
    is_plain = not response.has_header("Content-Encoding") and len(response.content) >= SHORT
    is_shared = not {"no-store", "private"} & set(re.split(r",\s*", response.headers.get("Cache-Control", "")))
    return is_plain and is_shared and bool(ACCEPTS_BROTLI.search(request.headers.get("Accept-Encoding", "")))


def _brotli(response: HttpResponse) -> HttpResponse:
    effort = EFFORT_ONCE if "immutable" in response.headers.get("Cache-Control", "") else EFFORT
    response.content = brotli.compress(response.content, mode=brotli.MODE_TEXT, quality=effort)
    response["Content-Length"] = str(len(response.content))
    response["Content-Encoding"] = "br"
    patch_vary_headers(response, ("Accept-Encoding",))
    if (etag := response.get("ETag", "")).startswith('"'):
        response["ETag"] = f"W/{etag}"
    return response


@lru_cache(maxsize=2)
def _joined(policy: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in policy)


def written(setting: str) -> str:
    """A policy of the settings as a header's text."""
    policy: Mapping[str, Sequence[str]] = getattr(settings, setting)
    return _joined(tuple((directive, tuple(sources)) for directive, sources in policy.items()))
