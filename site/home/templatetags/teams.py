"""Tags of the pages of teams: `{% load teams %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import get_language

from cases.models import CountryTeamPage
from cases.terms import TermRow
from home.menu import FALLBACK
from home.teams import TeamRow, team_results, team_rows
from home.teams import team_countries as countries_of
from search.results import FacetValue, Results

register = template.Library()


@register.simple_tag
def team_list(index: Any) -> list[TeamRow]:
    """The teams below a list of teams: `{% team_list page as teams %}`."""
    return team_rows(index)


@register.simple_tag(takes_context=True)
def team_entries(context: Context, page: CountryTeamPage) -> Results:
    """One page of a team's entries: `{% team_entries page as results %}`."""
    return team_results(page, context["request"], get_language() or FALLBACK)


@register.simple_tag
def team_countries(page: CountryTeamPage) -> tuple[TermRow, ...]:
    """The countries of a team: `{% team_countries page as countries %}`."""
    return countries_of(page)


@register.filter
def facet_values(results: Results, parameter: str) -> tuple[FacetValue, ...]:
    """The values that results have in one facet. Raises `KeyError` for a facet that does not exist."""
    return results.facet(parameter).values
