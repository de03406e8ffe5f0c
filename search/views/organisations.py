"""Pages on one organisation, and the list of all that have a part in a published entry."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cases.models import Organisation
from cases.terms import current_terms
from search.coverage import coverage
from search.organisations import entries_by_organisation, entries_of
from search.presentation import figures, page_links
from search.query import Query, given_by, understood
from search.service import search

A_PAGE = 100


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Organisations with their numbers of entries; those that only stand in unpublished entries are not named."""
    entries = entries_by_organisation()
    rows = [row for row in Organisation.objects.only("pk", "name", "slug", "type_id") if row.pk in entries]
    asked, _ = Query.parse(given_by(request), get_language() or "en")
    understood(request, asked)
    page = Paginator(rows, A_PAGE).get_page(asked.page)
    terms = current_terms()
    listed = [(row, terms.resolve(row.type_id).label(), len(entries[row.pk])) for row in page]
    links = page_links(Query(), page.number, page.paginator.num_pages)
    return render(request, "search/organisations.html", {"pages": links, "listed": listed, "total": len(rows)})


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """The entries in which one organisation has a part; 404 while none of them is published."""
    row = get_object_or_404(Organisation, slug=slug)
    asked, _ = Query.parse(given_by(request), get_language() or "en")
    understood(request, asked)
    query = Query(language=asked.language, keys=entries_of(row), page=asked.page)
    results = search(query).results
    if not results.total:
        raise Http404
    known = coverage(query, results)
    found = {
        "organisation": row,
        "type": current_terms().resolve(row.type_id).label(),
        "results": results,
        "pages": page_links(query, results.page, results.pages),
        "figures": figures(query, results, known),
        "coverage": known,
    }
    return render(request, "search/organisation.html", found)
