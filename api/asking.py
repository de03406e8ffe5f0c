"""Searches asked for by machines: what cannot be understood is refused with what is allowed, nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cases.terms import FALLBACK, current_terms
from search.facets import FACETS, MAX_YEAR, MIN_YEAR, Facet
from search.notices import Notice, Reason, shortened
from search.query import MAX_CHOICES, SORTS, Query, given_by

UNPROCESSABLE: Final = 422
IGNORED: Final = frozenset({"page"})
"""Of an address of the search page: what is taken away has no pages."""
View = Callable[..., HttpResponseBase]


def asked(view: View) -> Callable[..., HttpResponseBase]:
    """A view that is given the query of the address, or is not called: then the answer is 422."""

    @require_safe
    @wraps(view)
    def ask(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        query, notices = Query.parse(_without_page(given_by(request)), get_language() or FALLBACK)
        if notices:
            return refusal(notices)
        response = view(request, query, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return ask


def refusal(notices: list[Notice]) -> JsonResponse:
    """422 with each fault: parameter, value, why, and the values that it may have."""
    faults = [
        {
            "parameter": shortened(notice.parameter),
            "value": shortened(notice.value),
            "reason": notice.reason.value,
            "message": notice.message,
            "allowed": allowed(notice),
        }
        for notice in notices
    ]
    return JsonResponse({"errors": faults}, status=UNPROCESSABLE, json_dumps_params={"ensure_ascii": False})


def allowed(notice: Notice) -> list[str]:
    """What could stand there instead."""
    if notice.reason is Reason.UNKNOWN_PARAMETER:
        return ["q", *FACETS, "sort"]
    if notice.reason is Reason.UNKNOWN_SORT:
        return list(SORTS)
    if notice.reason is Reason.TOO_MANY:
        return [f"<= {MAX_CHOICES}"]
    facet = FACETS.get(notice.parameter)
    return _values(facet) if facet else []


def _values(facet: Facet) -> list[str]:
    if facet.parameter == "year":
        return [f"{MIN_YEAR}-{MAX_YEAR}", "YYYY", "YYYY-YYYY", "YYYY-", "-YYYY"]
    codes = (row.code for name in facet.vocabularies for row in current_terms().of(name))
    return sorted(dict.fromkeys(code for code in codes if facet.canonical(code) == code))


def _without_page(given: QueryDict) -> QueryDict:
    kept = given.copy()
    for name in IGNORED:
        kept.pop(name, None)
    return kept
