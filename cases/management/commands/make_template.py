"""Write the workbook that country teams fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.sheets.help import sheet_languages
from cases.sheets.workbook import SHEETS, write_template


class Command(BaseCommand):
    """A template with codes, drop-downs, help and an example."""

    help = "Write an .xlsx to fill in: a row an entry, with help, drop-downs and codes in one of the site's languages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", required=True, help=f"One of {', '.join(sheet_languages())}.")
        parser.add_argument("--kind", default="case", choices=list(SHEETS), help="Of what: case (default) or method.")
        parser.add_argument("--output", type=Path, help="The file to write; by default one named here after the kind.")

    def handle(self, *args: Any, **options: Any) -> None:
        language, kind = str(options["language"]).lower(), options["kind"]
        if language not in sheet_languages():
            raise CommandError(f"--language: {language!r} has no template; allowed: {', '.join(sheet_languages())}.")
        path = options["output"] or Path(f"{SHEETS[kind]}-{language}.xlsx")
        try:
            write_template(path, kind, language)
        except OSError as error:
            raise CommandError(f"--output: {path} cannot be written ({error.strerror}).") from error
        self.stdout.write(f"Written: {path}")
