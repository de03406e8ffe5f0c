"""Demo content: real cases and methods from public sources under their country teams, and an example of a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from accounts.demo import create_demo_accounts
from cases.covers import give_cover
from cases.exchange.reading import Record, load_batch, read
from cases.exchange.writing import WriteReport, write
from cases.models import CaseStudyPage, CountryTeam, EntryPage
from cases.models.teams import INTERNATIONAL
from cases.teams import create_team
from cases.terms import current_terms
from cases.vocabularies.loader import load_vocabularies
from home import examples
from home.site_tree import ensure_site_tree

FOLDER: Final[Path] = settings.PROJECT / "fixtures" / "demo"
TEXT_LICENCE: Final = "cc-by-4-0"
TEAM_NAMES: Final = {INTERNATIONAL: "International"}
Progress = Callable[[list[Record]], Iterable[Record]]


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What a run did: codes of the teams it made, what it wrote, and whether it made the examples."""

    teams: list[str]
    entries: WriteReport
    drafted: bool

    @property
    def changed(self) -> bool:
        """Whether anything of the demo content was written."""
        return bool(self.teams or self.entries.created or self.entries.updated or self.drafted)


def load_demo(folder: Path = FOLDER, progress: Progress = iter) -> DemoReport:
    """Load the demo content of `folder` (`cases.json`, `methods.json`); running it again changes nothing.

    The site's own pages and the vocabularies come first, as records cannot be read without them. All else is one
    transaction. Raises `cases.exchange.problems.ExchangeError` for faulty files before anything of it is written.
    """
    ensure_site_tree(contact="repository@example.org")
    load_vocabularies()
    records = read_demo(folder)
    with transaction.atomic():
        teams = _ensure_teams({team_of(record) for record in records} | {examples.TEAM})
        create_demo_accounts()
        entries = write(records, team_of, _finish, progress)
        return DemoReport(teams, entries, examples.ensure())


def read_demo(folder: Path) -> list[Record]:
    """The checked records of both files. Methods do not name the licence of their text: it is that of all our texts."""
    cases = load_batch(folder / "cases.json", "case")
    methods = load_batch(folder / "methods.json", "method")
    return read([cases, replace(methods, records=[_with_licence(raw) for raw in methods.records])])


def team_of(record: Record) -> str:
    """The team of the only country, else the international one."""
    countries = record.values.get("country", ())
    return countries[0].code if len(countries) == 1 else INTERNATIONAL


def _with_licence(raw: Any) -> Any:
    return {"licence": TEXT_LICENCE, **raw} if isinstance(raw, dict) else raw


def _finish(entry: EntryPage) -> None:
    if isinstance(entry, CaseStudyPage):
        give_cover(entry)


def _ensure_teams(codes: Iterable[str]) -> list[str]:
    """Make the teams that are missing and return their codes."""
    missing = sorted(set(codes) - set(CountryTeam.objects.values_list("code", flat=True)))
    for code in missing:
        country = current_terms().find("countries", code)
        name = country.label("en").text if country else TEAM_NAMES.get(code, code)
        create_team(code, name, [country] if country else [])
    return missing
