"""Pages on one country, theme, group or goal, and the list of all of each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cases.terms import TermRow, current_terms
from search.query import Query, understood
from search.service import search
from search.topics import TOPICS, Topic, all_counts, breakdowns


@require_safe
def topics(request: HttpRequest, path: str) -> HttpResponse:
    """All terms of one kind of topic with their numbers of entries."""
    topic = TOPICS[path]
    language = get_language() or "en"
    understood(request, Query())
    results = search(Query(language=language)).results
    counts = all_counts(topic, results, language)
    known = sum(1 for count in counts if count.count)
    return render(request, "search/topics.html", {"topic": topic, "counts": counts, "known": known})


@require_safe
def topic(request: HttpRequest, path: str, code: str) -> HttpResponse:
    """What is known on one term, and what is missing; a merged or unusually written code redirects."""
    kind = TOPICS[path]
    canonical = kind.facet.canonical(code)
    row = kind.facet.find(canonical) if canonical else None
    if row is None:
        raise Http404
    if row.code != code:
        return redirect("search:topic", path=path, code=row.code)
    understood(request, Query())
    query = Query(language=get_language() or "en").with_value(kind.facet.parameter, row.code)
    results = search(query).results
    found = {
        "topic": kind,
        "row": row,
        "label": row.label(),
        "description": row.description(),
        "query": query,
        "results": results,
        "breakdowns": breakdowns(kind, query, results),
        **_family(kind, row),
    }
    return render(request, "search/topic.html", found)


def _family(kind: Topic, row: TermRow) -> dict[str, tuple[TermRow, ...]]:
    terms = current_terms()
    above = tuple(reversed(terms.ancestors(row.id))) if kind.facet.tree else ()
    return {"above": above, "below": terms.children(row.id)}
