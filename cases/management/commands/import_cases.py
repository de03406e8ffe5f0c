"""Bring entries in from a file, as drafts of one team: all of them, or none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.exchange.drafts.importing import check, run
from cases.exchange.drafts.targets import Report, Target
from cases.models import CountryTeam
from cases.sheets.reading import ENDINGS, records_of
from cases.sheets.reports import as_data
from cases.sheets.workbook import SHEETS


class Command(BaseCommand):
    """Reads .xlsx, .csv and .json."""

    help = "Import entries as drafts of one team, all or none. A key (id) or reference that is there updates its entry."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=f"The file: {', '.join(ENDINGS)}.")
        parser.add_argument("--team", required=True, metavar="CODE", help="The code of the team, such as ken.")
        parser.add_argument("--kind", default="case", choices=list(SHEETS), help="Of what: case (default) or method.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would happen.")
        parser.add_argument("--json", action="store_true", help="Report as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        target = Target.of(_team(options["team"]), options["kind"])
        records = records_of(path, path.name, options["kind"])
        report = check(records, target) if options["dry_run"] else run(records, target, path.name)
        if options["json"]:
            data = as_data(report, dry_run=options["dry_run"])
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=1))
        else:
            self._tell(report, dry_run=options["dry_run"])
        if not report.good:
            raise CommandError(f"Nothing was imported: {report.faults} problem(s).")

    def _tell(self, report: Report, *, dry_run: bool) -> None:
        for note in report.notes:
            self.stdout.write(note)
        for problem in report.problems:
            self.stderr.write(str(problem))
        for warning in report.warnings:
            self.stdout.write(f"Note: {warning}")
        if report.good:
            for outcome in report.outcomes:
                gaps = f" - before publication: {' '.join(outcome.gaps)}" if outcome.gaps else ""
                self.stdout.write(f"{outcome.row}: {outcome.state} “{outcome.title}”{gaps}")
            counts = ", ".join(f"{report.counts[state]} {state}" for state in ("created", "updated", "unchanged"))
            self.stdout.write(f"{'This would be the result' if dry_run else 'Done'}: {counts}. All are drafts.")


def _team(code: str) -> CountryTeam:
    teams = {team.code: team for team in CountryTeam.objects.filter(archived_at=None).order_by("code")}
    if code not in teams:
        raise CommandError(f"--team: there is no team {code!r}. Teams: {', '.join(teams) or 'none yet'}.")
    return teams[code]
