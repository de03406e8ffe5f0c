"""The search page, and the lists of cases and of methods, which are searches of one kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from search.charts import result_map, result_years
from search.drawing import draw_options
from search.facets import FACETS
from search.failed.noting import note
from search.notices import Notice, Reason, messages
from search.presentation import chips, page_links, sort_links, ways_out
from search.query import MAX_REDIRECT, Query, canonical_address, given_by, understood
from search.results import Results
from search.service import search as ask
from search.suggestions.corrections import help_with
from search.synonyms.expansion import expanded


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of results: its title, the kind to which it is bound, if any, and what that kind is."""

    title: str | Promise
    kind: str = ""
    lead: str | Promise = ""

    def bind(self, query: Query) -> Query:
        """The query that the engine answers for this page."""
        return query.with_value("kind", self.kind).with_page(query.page) if self.kind else query


SEARCH = Listing(_("Search"))
CASES = Listing(_("Case studies"), "case", _("Who produced which data, with whom, how well, and to what use."))
METHODS = Listing(
    _("Methods"), "method", _("How to do it: what for, in which steps, with which skills, time and cost.")
)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """All kinds of entries."""
    return _respond(request, SEARCH)


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Case studies only."""
    return _respond(request, CASES)


@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """Methods only."""
    return _respond(request, METHODS)


def _respond(request: HttpRequest, listing: Listing) -> HttpResponse:
    given = given_by(request)
    if (elsewhere := _elsewhere(request, given, listing)) is not None:
        return HttpResponseRedirect(elsewhere)
    query, notices = Query.parse(given, get_language() or "en")
    answer = ask(listing.bind(query))
    results = answer.results
    if not answer.reduced:
        note(query, results.total)
    notices += answer.notices
    if results.page != query.page:
        notices.append(Notice(Reason.PAST_THE_END, "page", str(query.page)))
        query = query.with_page(results.page)
    understood(request, query)
    return render(request, "search/search.html", context(request, listing, query, results, notices))


def _elsewhere(request: HttpRequest, given: QueryDict, listing: Listing) -> str | None:
    """Where the same search has its proper address, unless it is this one."""
    canonical = canonical_address(given)
    if listing.kind and "kind" in given:
        address = canonical or "?" + given.urlencode()
        return reverse("search:search") + address if len(address) <= MAX_REDIRECT else None
    return request.path + canonical if canonical is not None else None


def context(
    request: HttpRequest, listing: Listing, query: Query, results: Results, notices: list[Notice]
) -> dict[str, Any]:
    """All that the template of a page of results shows."""
    bound = FACETS["kind"] if listing.kind else None
    shown = [result for result in results.facets if result.values and result.facet is not bound]
    return {
        "listing": listing,
        "query": query,
        "results": results,
        "result_map": result_map(query, results, listing.bind(query)),
        "result_years": result_years(query, results, listing.bind(query)),
        "notices": messages(notices),
        "facets": [(result, draw_options(result)) for result in shown],
        "chosen_count": sum(map(len, query.chosen.values())),
        "chips": chips(query, results),
        "clear_url": query.without_text().without_choices().url(),
        "sorts": sort_links(query),
        "pages": page_links(query, results.page, results.pages),
        "previous_url": query.with_page(results.page - 1).url() if results.page > 1 else "",
        "next_url": query.with_page(results.page + 1).url() if results.page < results.pages else "",
        "ways_out": ways_out(query, results),
        "help": help_with(expanded(query), results.total, listing.bind),
        "without_search": True,
        "noindex": bool(query.pairs()),
    }
