"""Public addresses of entries: their pages, and permanent references."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from wagtail import hooks
from wagtail.views import serve as serve_tree
from wagtail.views import serve_chain

from cases.reading import caution
from cases.reading.finding import address_of, entry_at, home_paths
from core.views import gone
from core.withdrawals import at_address


@require_safe
def entry(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """The page of a case or method; any other page below a team is left to Wagtail."""
    path = f"teams/{team}/{slug}/"
    page = entry_at(path, home_paths(request))
    if page is None:
        return serve_tree(request, path)
    return serve_entry(page, request)


def serve_entry(page: Any, request: HttpRequest) -> HttpResponse:
    """Serve what an entry says: to whom restrictions let in, kept by no cache that does not ask again."""
    response = _through_hooks(page, request)
    if request.user.is_authenticated:
        add_never_cache_headers(response)
    elif not response.has_header("Cache-Control"):
        # A withdrawal acts at once: caches ask before each use.
        patch_cache_control(response, no_cache=True)
    return response


def _through_hooks(page: Any, request: HttpRequest) -> HttpResponse:
    """Serve as `wagtail.views.serve` does, so that restricted pages ask for their key."""
    chain = serve_chain
    for hook in reversed(hooks.get_hooks("on_serve_page")):
        chain = hook(chain)
    for hook in hooks.get_hooks("before_serve_page"):
        result = hook(page, request, [], {})
        if isinstance(result, HttpResponse):
            return result
    response: HttpResponse = chain(page, request, [], {})
    return response


@require_safe
def leaving(request: HttpRequest) -> HttpResponse:
    """What the quick exit of cases that tell of violence can do, and what it cannot."""
    return render(request, "cases/leaving.html", {"caution": caution.NONE})


@require_safe
def permanent(request: HttpRequest, reference: str) -> HttpResponse:
    """Redirect to where the entry with this reference stands now, in the visitor's language if it has it.

    404 for a reference that leads nowhere, 410 for one that was withdrawn, in any case of letters.
    """
    canonical = reference.upper()
    address = address_of(canonical, home_paths(request))
    if not address:
        if withdrawal := at_address(f"/r/{canonical}/"):
            return gone(request, withdrawal)
        raise Http404
    response = HttpResponseRedirect(address)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
