"""Pages on one country, theme, group or goal, and the list of all of each."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cases.terms import TermRow, current_terms
from search.charts import countries_map, subject_map
from search.coverage import coverage, organisations_known
from search.organisations import organisations_in, teams_of
from search.presentation import figures
from search.query import Query, understood
from search.results import Results
from search.service import search
from search.topics import TOPICS, Count, Topic, continents, shelf

NEWEST = 6


@require_safe
def topics(request: HttpRequest, path: str) -> HttpResponse:
    """All terms of one kind of topic with their numbers of entries."""
    topic = TOPICS[path]
    language = get_language() or "en"
    understood(request, Query())
    query = Query(language=language)
    results = search(query).results
    found: dict[str, Any] = {"topic": topic}
    if topic.facet.tree:
        return render(request, "search/countries.html", found | _world(query, results))
    return render(request, "search/topics.html", found | {"shelf": shelf(topic, results, language)})


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
    known = coverage(query, results, row)
    if row.vocabulary == "countries" and results.total:
        known.append(organisations_known(organisations_in(row)))
    found = {
        "topic": kind,
        "row": row,
        "label": row.label(),
        "description": row.description(),
        "query": query,
        "results": results,
        "newest": results.hits[:NEWEST],
        "figures": figures(query, results, known),
        "coverage": known,
        "map": "" if kind.facet.tree else subject_map(query, results),
        "teams": teams_of(row, query.language) if row.vocabulary == "countries" else [],
        **_family(kind, row, results),
    }
    return render(request, "search/topic.html", found)


def _world(query: Query, results: Results) -> dict[str, Any]:
    """The continents, the map, and on how many countries of all there is something."""
    found = continents(results, query.language)
    shelves = [shelf for continent in found for shelf in continent.shelves]
    known = sum(len(shelf.known) for shelf in shelves)
    every = known + sum(len(shelf.missing) for shelf in shelves)
    return {"continents": found, "known": known, "all": every, "map": countries_map(query, results)}


def _family(kind: Topic, row: TermRow, results: Results) -> dict[str, Any]:
    """What is right above and below in the tree; of what is above, nearest first, what has entries."""
    terms = current_terms()
    above = terms.ancestors(row.id) if kind.facet.tree else ()
    counts = {value.value: value.count for value in results.facet(kind.facet.parameter).values}
    nearby = [Count(place.code, place.label(), counts[place.code]) for place in above if counts.get(place.code)]
    below = [child for child in terms.children(row.id) if child.vocabulary != "countries"]
    return {"above": tuple(reversed(above)), "below": below, "nearby": nearby}
