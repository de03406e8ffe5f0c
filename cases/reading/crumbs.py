"""The way from the home page to an entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from cases import addresses
from cases.models import EntryPage


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way."""

    title: str
    url: str


def crumbs_of(entry: EntryPage, language: str, roots: Mapping[str, str]) -> tuple[Crumb, ...]:
    """Home page, list of entries of this kind, team."""
    team_path = addresses.of_page(entry.url_path.rsplit("/", 2)[0] + "/", language, roots)
    title = gettext("Cases") if entry.kind == "case" else gettext("Methods")
    team = [Crumb(entry.team.name, team_path)] if team_path else []
    return (Crumb(gettext("Home"), addresses.of_home()), Crumb(title, addresses.of_list(entry.kind)), *team)
