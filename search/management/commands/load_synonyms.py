"""Load the synonyms that come with the software."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.synonyms.loading import FILE, load_synonyms


class Command(BaseCommand):
    """Add the sets that were never loaded; running it again changes nothing."""

    help = "Add the synonyms that come with the software. What editors wrote, changed or deleted is left as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, default=FILE, help="Where they are (default: %(default)s).")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            loaded = load_synonyms(file)
        except ValueError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.stdout.write(f"Sets of synonyms added: {len(loaded.created)}.")
        for code, reason in loaded.refused.items():
            self.stdout.write(f"  not added: {code}: {reason}")
