"""Write entries into a file that an import reads."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.models import CountryTeam
from cases.sheets.exporting import FORMATS, Export
from cases.sheets.help import sheet_languages
from cases.sheets.workbook import SHEETS


class Command(BaseCommand):
    """JSON keeps everything; sheets keep all but stories."""

    help = "Export entries, drafts too, in a file that import_cases reads. What is private (risk, consent) stays here."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", required=True, choices=FORMATS)
        parser.add_argument("--team", metavar="CODE", help="Only the entries of this team.")
        parser.add_argument("--kind", default="case", choices=list(SHEETS), help="Of what: case (default) or method.")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, help="Of labels and help in a workbook.")
        parser.add_argument("--output", type=Path, help="The file; without it, JSON and CSV go to standard output.")
        parser.add_argument(
            "--references", action="store_true", help="Name each entry's reference: for updates of this site only."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        language, form, path = options["language"], options["format"], options["output"]
        if language not in sheet_languages():
            raise CommandError(f"--language: {language!r} is unknown; allowed: {', '.join(sheet_languages())}.")
        if path is None and form == "xlsx":
            raise CommandError("--output: name the file, a workbook cannot be printed.")
        export = Export(options["kind"], _team(options["team"]), references=options["references"])
        try:
            with tempfile.TemporaryDirectory() as folder:
                written = Path(folder) / f"export.{form}"
                count = export.write(written, form, language)
                self._deliver(written, path)
        except OSError as error:
            raise CommandError(f"--output: {path} cannot be written ({error.strerror}).") from error
        if path is not None:
            self.stdout.write(f"{count} entries written: {path}")

    def _deliver(self, written: Path, path: Path | None) -> None:
        if path is not None:
            path.write_bytes(written.read_bytes())
        else:
            self.stdout.write(written.read_text(encoding="utf-8"), ending="")


def _team(code: str | None) -> CountryTeam | None:
    if code is None:
        return None
    team = CountryTeam.objects.filter(code=code).first()
    if team is None:
        codes = ", ".join(CountryTeam.objects.order_by("code").values_list("code", flat=True))
        raise CommandError(f"--team: there is no team {code!r}. Teams: {codes}.")
    return team
