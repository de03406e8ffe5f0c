"""Load the controlled vocabularies from their files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tqdm import tqdm

from cases.vocabularies.errors import TermChangeError, VocabularyFilesError
from cases.vocabularies.files import FOLDER, Record
from cases.vocabularies.loader import LoadReport, load_vocabularies


class Command(BaseCommand):
    """Bring the terms in line with the files; running it again changes nothing."""

    help = "Load all vocabularies: new terms, labels, facts, order and place in the tree. Never deletes a term."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=FOLDER, help="Where the files are (default: %(default)s).")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"--folder {folder}: there is no such folder.")
        try:
            report = load_vocabularies(folder, progress=_bar)
        except VocabularyFilesError as error:
            raise CommandError(f"Nothing was loaded. {len(error.problems)} problem(s):\n{error}") from error
        except TermChangeError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.tell(report, verbose=options["verbosity"] > 1)

    def tell(self, report: LoadReport, *, verbose: bool) -> None:
        """Print what was done: counts, and by name whatever an editor may want to look at."""
        if not report.changed:
            self.stdout.write("The vocabularies are up to date: nothing changed.")
        else:
            counts = (len(report.created), len(report.updated), len(report.moved))
            self.stdout.write("Terms created: {}, updated: {}, moved: {}.".format(*counts))
        if verbose:
            for name, fields in report.updated.items():
                self.stdout.write(f"  updated {name} ({', '.join(fields)})")
        for name in report.moved:
            self.stdout.write(f"  moved {name}")
        for name, fields in report.kept.items():
            self.stdout.write(f"  kept as editors set it, the file differs: {name} ({', '.join(fields)})")
        for name in report.missing:
            self.stdout.write(f"  not in the files: {name}")


def _bar(records: list[Record]) -> Any:
    return tqdm(records, desc="Vocabularies", unit="term", disable=not sys.stderr.isatty())
