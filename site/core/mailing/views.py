"""The page behind the link at the end of an optional mail: looking changes nothing, one click refuses."""

from __future__ import annotations

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.mailing.kinds import kind
from core.mailing.recipients import preferences
from core.mailing.unsubscribing import read_token


@csrf_exempt  # the mail program posts, without a cookie of ours; the signed token is the right to
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop this kind of mail; a POST does, or with `again` takes that back. 404 for a false token."""
    try:
        key, name = read_token(token)
        found = kind(name)
    except (BadSignature, LookupError):
        raise Http404 from None
    known = preferences()
    state = "asked"
    if request.method == "POST" and known is not None:
        state = "resumed" if "again" in request.POST else "stopped"
        (known.accept if state == "resumed" else known.refuse)(key, name)
    return render(request, "core/unsubscribe.html", {"kind": found, "state": state})
