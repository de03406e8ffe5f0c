"""Reading without pictures, for slow lines and dear data: remembered in a cookie, chosen by a link, no script needed.

What a page would show as a picture it says in words. This is done to the finished page: it holds for every template,
for pictures inside rich texts and for whatever comes later, and costs nothing to those who see pictures.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

COOKIE: Final = "pictures"
ON, OFF = "on", "off"
A_YEAR: Final = 31_536_000
PICTURE: Final = re.compile(
    r"<picture\b[^>]*>.*?</picture>|<img\b[^>]*>|<svg class=\"map__drawing\b.*?</svg>", re.DOTALL | re.IGNORECASE
)
ALTERNATIVE: Final = re.compile(r"""\balt=(?:"([^"]*)"|'([^']*)')""")


@require_safe
@never_cache
def pictures(request: HttpRequest, choice: str) -> HttpResponse:
    """Remember whether pictures are wanted, and lead back; 404 for another choice than `on` and `off`."""
    if choice not in {ON, OFF}:
        raise Http404
    response = HttpResponseRedirect(_back(request))
    if choice == ON:
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        response.set_cookie(
            COOKIE, OFF, max_age=A_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )
    return response


def _back(request: HttpRequest) -> str:
    """Where the visitor was: as the browser says, for a search that was narrowed in place, else as the link says."""
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return came_from
    back = request.GET.get("back", "/")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/"


def is_text_only(request: HttpRequest | None) -> bool:
    """Whether the visitor asked for pages without pictures."""
    return request is not None and request.COOKIES.get(COOKIE) == OFF


def switch(request: HttpRequest | None) -> str:
    """The address that turns pictures off, or on again, and leads back to what is shown."""
    choice = ON if is_text_only(request) else OFF
    back = request.get_full_path() if request else "/"
    return f"{reverse('pictures', args=[choice])}?{urlencode({'back': back})}"


class TextOnly:
    """Middleware: pages for those who asked for none say their pictures in words.

    Caches keep the two apart: every page names the cookie in `Vary` (`core.delivery.Revalidation`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and is_text_only(request) and _is_public_page(request, response):
            html = response.content.decode(response.charset)
            response.content = PICTURE.sub(_in_words, html)
        return response


def _is_public_page(request: HttpRequest, response: HttpResponse) -> bool:
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return is_html and not request.path.startswith(reverse("wagtailadmin_home"))


def _in_words(found: re.Match[str]) -> str:
    """The alternative text, which stands escaped in the page; nothing for what only decorates."""
    alternative = ALTERNATIVE.search(found[0])
    text = (alternative[1] or alternative[2] or "") if alternative else ""
    return f'<span class="picture-words">{_("Picture:")} {text}</span>' if text else ""
