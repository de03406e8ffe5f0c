"""The jobs: a check of a file, its import, an export."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

from django.core.files import File
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.exchange.drafts.importing import Phase, check, run
from cases.exchange.drafts.targets import Report, Target
from cases.models import CountryTeam
from cases.sheets.access import team_for
from cases.sheets.exporting import Export
from cases.sheets.reading import records_of
from cases.sheets.reports import as_data, as_table, for_page, with_pages
from cases.sheets.workbook import SHEETS
from core.jobs import JobRefused, Progress, job
from core.jobs.models import Job

CHECK: Final = "cases.check"
IMPORT: Final = "cases.import"
EXPORT: Final = "cases.export"
_RESULT: Final = "cases/sheets/result.html"


@job(CHECK, label=gettext_lazy("Check of a spreadsheet"), template=_RESULT)
def check_file(job: Job, progress: Progress) -> dict[str, Any]:
    """Say what an import would do."""
    target = _target(job)
    with _local_copy(job) as path:
        progress.begin(0, _("Rows checked"))
        report = check(records_of(path, job.input_name, target.kind), target, progress.step)
    return _told(job, report, dry_run=True)


@job(IMPORT, label=gettext_lazy("Import of a spreadsheet"), template=_RESULT, mailed=True)
def import_file(job: Job, progress: Progress) -> None:
    """Import all rows, or none; the end of the job is written with them."""
    target = _target(job)
    with _local_copy(job) as path:
        notes = {
            "checking": _("Rows checked"),
            "preparing": _("Rows prepared"),
            "writing": _("All rows are written at once; it can no longer be stopped"),
        }

        def begin(phase: Phase, number: int) -> None:
            progress.begin(number, notes[phase])

        def finish(report: Report) -> None:
            progress.finish(_told(job, report, dry_run=False))

        begin("checking", int(job.params.get("records", 0)))
        records = records_of(path, job.input_name, target.kind)
        report = run(records, target, job.input_name, progress.step, finish, begin)
    if not report.good:
        raise JobRefused(_("Nothing was imported: the file has faults."), _told(job, report, dry_run=False))


@job(EXPORT, label=gettext_lazy("Export of entries"), mailed=True)
def export_entries(job: Job, progress: Progress) -> dict[str, Any]:
    """Write the file."""
    target, form = _target(job), job.params["form"]
    export = Export(target.kind, target.team, references=job.params["references"])
    count = export.count()
    looks = 1 if form == "json" else 2
    progress.begin(count * looks, _("Entries written"))
    export.step = progress.step
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"export.{form}"
        export.write(path, form, job.language)
        job.output_name = f"{target.team.code}-{SHEETS[target.kind]}.{form}"
        with path.open("rb") as stream:
            job.output.save(path.name, File(stream), save=False)
    job.save(update_fields=["output", "output_name"])
    return {"entries": count}


def _target(job: Job) -> Target:
    """The team, if the owner may still write there."""
    team: CountryTeam | None = team_for(job.owner, job.params["team"])
    if team is None:
        raise JobRefused(_("You may not bring or take entries of this team any more."))
    return Target.of(team, job.params["entries"], job.owner)


class _local_copy:  # noqa: N801 - a context manager that reads like a function
    """What was uploaded, as a file that can be read from any place."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def __enter__(self) -> Path:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "in"
        with self.job.input.open("rb") as source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        return path

    def __exit__(self, *_error: object) -> None:
        self.folder.cleanup()


def _told(job: Job, report: Report, *, dry_run: bool) -> dict[str, Any]:
    """The result of the job; the whole report is the file to download."""
    data = as_data(report, dry_run=dry_run)
    job.output_name = "report.csv"
    job.output.save("report.csv", ContentFile(as_table(data)), save=False)
    Job.objects.filter(pk=job.pk).update(output=job.output.name, output_name=job.output_name)
    shown = for_page(data)
    return with_pages(shown) if data["written"] else shown
