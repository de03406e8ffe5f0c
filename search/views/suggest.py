"""Suggestions for a text that is being typed: a list for scripts, a page for everybody else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.query import Query, given_by, understood
from search.suggestions.finding import suggest
from search.words import MAX_TEXT


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """A page of suggestions for `q`; with `part=list` only the list, for the box in which `q` is typed."""
    given = given_by(request)
    typed = " ".join("".join(c if c.isprintable() else " " for c in given.get("q", "")[:MAX_TEXT]).split())
    found = suggest(typed, get_language() or "en")
    values = {"typed": typed, "suggestions": found}
    if given.get("part") == "list":
        response = render(request, "search/fragments/suggestions.html", values)
        response["X-Robots-Tag"] = "noindex"
        response["Cache-Control"] = "no-store"
        return response
    understood(request, Query())
    return render(request, "search/suggest.html", values)
