"""The public form. It sets no cookie and needs none: nobody is signed in here, a signed clock stands for the token."""

from __future__ import annotations

from typing import Any, Final

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cases.concerns.forms import ConcernForm
from cases.concerns.receiving import may_send, receive
from cases.concerns.subjects import Subject, SubjectWithdrawn, address, find
from core.views import gone

SALT: Final = "cases.concerns"
TOO_MANY: Final = 429
WAIT: Final = 3600
LANGUAGE: Final = "en"


@require_safe
def permanent(request: HttpRequest, reference: str) -> HttpResponse:
    """`/r/{reference}/concern/`: on to the form in the visitor's language."""
    language = get_language() or LANGUAGE
    try:
        subject = find(reference, language)
    except SubjectWithdrawn as withdrawn:
        return gone(request, withdrawn.withdrawal)
    response = HttpResponseRedirect(address(subject.code, language))
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def concern(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form, or take it in and go on to the page with the number."""
    try:
        subject = find(code, get_language() or LANGUAGE)
    except SubjectWithdrawn as withdrawn:
        return gone(request, withdrawn.withdrawal)
    if request.method != "POST":
        return _page(request, subject, ConcernForm())
    form = ConcernForm(request.POST)
    if form.is_trapped:
        # What only programs fill in: a person whose browser did it is told, nothing is kept.
        form.is_valid()
        form.add_error("website", form.fields["website"].label or "")
        return _page(request, subject, form)
    if not form.is_valid():
        return _page(request, subject, form)
    if not may_send(request):
        response = _page(request, subject, form, is_full=True, status=TOO_MANY)
        response["Retry-After"] = str(WAIT)
        return response
    received_concern = receive(form, subject)
    token = signing.dumps([received_concern.number, subject.code], salt=SALT)
    return HttpResponseRedirect(reverse("concern_received", args=[token]))


@require_safe
def received(request: HttpRequest, token: str) -> HttpResponse:
    """The number to quote; the address tells nothing else and may be shown again."""
    try:
        number, code = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404 from None
    response = render(request, "cases/concerns/received.html", {"number": number, "subject": _shown(code)})
    add_never_cache_headers(response)
    return response


def _shown(code: str) -> Subject | None:
    """The page that the concern is about, unless it is gone meanwhile."""
    try:
        return find(code, get_language() or LANGUAGE)
    except (Http404, SubjectWithdrawn):
        return None


def _page(request: HttpRequest, subject: Subject, form: ConcernForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "subject": subject, **more}
    response = render(request, "cases/concerns/form.html", context, status=status)
    add_never_cache_headers(response)
    return response
