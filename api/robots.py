"""`/robots.txt`: what search engines need not ask for, and where the sitemap is."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

UNASKED = ("/admin/", "/*/search/export.", "/*/search/feed.atom", "/*/search/suggest/", "/*/cite.", "/*/concern/")
"""Addresses without anything to index. None is hidden by standing here."""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The rules for all robots."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in UNASKED),
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
