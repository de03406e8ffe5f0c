"""Tags of the pages of teams: `{% load teams %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import get_language

from cases.models import CountryTeamPage
from cases.terms import TermRow
from home.menu import FALLBACK
from home.teams import TeamEntries, TeamRow, team_rows
from home.teams import team_countries as countries_of
from home.teams import team_entries as entries_of

register = template.Library()


@register.simple_tag
def team_list(index: Any) -> list[TeamRow]:
    """The teams below a list of teams: `{% team_list page as teams %}`."""
    return team_rows(index)


@register.simple_tag(takes_context=True)
def team_entries(context: Context, page: CountryTeamPage) -> TeamEntries:
    """One page of a team's entries and what they cover: `{% team_entries page as entries %}`."""
    return entries_of(page, context["request"], get_language() or FALLBACK)


@register.simple_tag
def team_countries(page: CountryTeamPage) -> tuple[TermRow, ...]:
    """The countries of a team: `{% team_countries page as countries %}`."""
    return countries_of(page)
