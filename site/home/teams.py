"""What the pages of teams show beyond their own texts. The templates are in the lower room, the search is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from cases.models import CountryTeamPage, EntryPage
from cases.terms import TermRow, current_terms
from core.visibility import findable
from search.coverage import Coverage, coverage
from search.presentation import Figure, figures
from search.query import Query, given_by
from search.results import Results
from search.service import search


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team in the list of teams."""

    name: str
    url: str
    entries: int


def team_rows(index: Any) -> list[TeamRow]:
    """The findable team pages below `index` by name, each with its number of findable entries: one SQL."""
    entries = findable(EntryPage.objects.filter(original=None, team=OuterRef("team"))).order_by()
    counted = entries.values("team").annotate(number=Count("pk")).values("number")
    pages = findable(CountryTeamPage.objects.child_of(index)).annotate(entries=Coalesce(Subquery(counted), 0))
    located = [(page, page.get_url_parts()) for page in pages.order_by("title")]
    return [TeamRow(page.title, parts[2], page.entries) for page, parts in located if parts]


@dataclass(frozen=True, slots=True)
class TeamEntries:
    """What a team has published: one page of it, how much of which kind, and what it covers and does not."""

    results: Results
    figures: list[Figure]
    coverage: list[Coverage]


def team_entries(page: CountryTeamPage, request: HttpRequest, language: str) -> TeamEntries:
    """The team's entries as search knows them, the page of them that `request` asks for, newest first."""
    asked, _notices = Query.parse(given_by(request), language)
    entries = findable(EntryPage.objects.filter(original=None, team_id=page.team_id))
    keys = frozenset(str(key) for key in entries.values_list("translation_key", flat=True))
    query = Query(sort="newest", page=asked.page, language=language, keys=keys)
    results = search(query).results
    known = coverage(query, results) if results.total else []
    return TeamEntries(results, figures(query, results, known), known)


def team_countries(page: CountryTeamPage) -> tuple[TermRow, ...]:
    """The countries for which the team speaks, merged ones followed: one SQL."""
    resolve = current_terms().resolve
    return tuple(dict.fromkeys(resolve(pk) for pk in page.team.countries.values_list("pk", flat=True)))
