"""The numbers of one facet under any search, as CSV."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.charts import csv_response
from search.facets import FACETS
from search.notices import messages
from search.query import Query, canonical_address, given_by
from search.service import search

HEADS = ("value", "label", "entries")


@require_safe
def counts(request: HttpRequest, parameter: str) -> HttpResponse:
    """Value, label in the reader's language, and number of entries; 422 names what the search does not know."""
    if parameter not in FACETS:
        raise Http404
    given = given_by(request)
    if (elsewhere := canonical_address(given)) is not None:
        return HttpResponseRedirect(request.path + elsewhere)
    query, notices = Query.parse(given, get_language() or "en")
    if notices:
        text = "\n".join(str(message) for message in messages(notices))
        return HttpResponse(text, status=422, content_type="text/plain; charset=utf-8")
    values = search(query).results.facet(parameter).values
    rows = ((value.value, value.label, value.count) for value in values)
    return csv_response(f"entries-by-{parameter.replace('_', '-')}", HEADS, rows)
