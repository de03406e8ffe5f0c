"""Load the demo content and say where to go."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tqdm import tqdm

from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from cases.exchange.problems import ExchangeError
from cases.exchange.reading import Record
from home.demo import FOLDER, DemoReport, load_demo
from search.upkeep.delivery import deferred_delivery

ADDRESSES = (
    ("Home", "/en/"),
    ("Search", "/en/search/?q=survey&country=ken"),
    ("A team", "/en/teams/ken/"),
    ("A case", "/en/teams/ken/kenya-cgd-quality-criteria/"),
    ("Sign in", "/admin/"),
)


class Command(BaseCommand):
    """Real cases and methods under country teams, with an account for each role; running it again changes nothing."""

    help = "Load the demo content: cases, methods, translations, teams and accounts. Only with the demo settings."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=FOLDER, help="Where cases.json and methods.json are.")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if not getattr(settings, "DEMO_ACCOUNTS", False):
            raise CommandError(
                "Demo accounts have a known password. Allowed only with DJANGO_SETTINGS_MODULE=config.settings.demo."
            )
        try:
            with _quiet("wagtail"), deferred_delivery():
                report = load_demo(folder, progress=_bar)
        except ExchangeError as error:
            raise CommandError(f"Nothing was loaded. {len(error.problems)} problem(s):\n{error}") from error
        self.tell(report)
        self.index()
        if options["verbosity"] > 0:
            self.tell_where()

    def index(self) -> None:
        """Make the search index anew, which is quicker than change by change; searches do without it meanwhile."""
        try:
            call_command("rebuild_index", stdout=self.stdout, stderr=self.stderr)
        except CommandError as error:
            self.stderr.write(str(error))

    def tell(self, report: DemoReport) -> None:
        """Print what was done: counts, and by name what somebody edited in the meantime."""
        entries = report.entries
        if report.changed:
            counts = (len(report.teams), len(entries.created), len(entries.updated), len(entries.unchanged))
            self.stdout.write("Teams made: {}. Pages created: {}, updated: {}, unchanged: {}.".format(*counts))
        else:
            self.stdout.write("The demo content is up to date: nothing changed.")
        for name in entries.kept:
            self.stdout.write(f"  kept as it was edited here, the file differs: {name}")

    def tell_where(self) -> None:
        """Print addresses, and an account for each role."""
        places = [(name, f"{settings.SITE_URL}{path}") for name, path in ADDRESSES]
        accounts = [(account.email, str(account.role)) for account in DEMO_ACCOUNTS]
        self.stdout.write("\nWhere to go")
        self.write_table(places)
        self.stdout.write(f"\nWhom to sign in as (password of all: {DEMO_PASSWORD})")
        self.write_table(accounts)

    def write_table(self, rows: Iterable[tuple[str, str]]) -> None:
        """Print two columns, the first as wide as its longest text."""
        rows = list(rows)
        width = max(len(first) for first, _second in rows)
        for first, second in rows:
            self.stdout.write(f"  {first:<{width}}  {second}")


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep a logger's hundreds of lines about single pages out of the progress bar; warnings pass."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)


def _bar(records: list[Record]) -> Any:
    return tqdm(records, desc="Cases and methods", unit="entry", disable=not sys.stderr.isatty())
