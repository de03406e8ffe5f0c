"""The report of an import as data, and as a table to download."""

from __future__ import annotations

import csv
import io
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.exchange.drafts.targets import Report
from cases.models import EntryPage
from cases.sheets.cells import guard
from cases.vocabularies.errors import Problem

SHOWN: Final = 100
"""Rows, faults and notes that a page shows; the table has all that were kept."""


def as_data(report: Report, *, dry_run: bool) -> dict[str, Any]:
    """Everything, for programs."""
    return {
        "dry_run": dry_run,
        "written": report.good and not dry_run,
        "records": report.records,
        **{state: report.counts[state] if report.good else 0 for state in ("created", "updated", "unchanged")},
        "problems": [_problem(problem) for problem in report.problems],
        "problems_in_all": report.faults,
        "warnings": [_problem(problem) for problem in report.warnings],
        "notes": report.notes,
        "rows": [
            {"row": found.row, "id": found.key, "title": found.title, "state": found.state, "gaps": list(found.gaps)}
            for found in report.outcomes
        ]
        if report.good
        else [],
    }


def for_page(data: dict[str, Any]) -> dict[str, Any]:
    """What the page of a job shows: the first of each list, and how many there are."""
    short = {f"more_{name}": max(0, len(data[name]) - SHOWN) for name in ("problems", "warnings", "rows")}
    return {**data, **{name: data[name][:SHOWN] for name in ("problems", "warnings", "rows")}, **short}


def with_pages(data: dict[str, Any]) -> dict[str, Any]:
    """The same with the key of the page of each row that is shown, once the rows are written; one SQL."""
    names = {row["id"].lower() for row in data["rows"]}
    named = Q(external_id__in=names) | Q(reference__in=[name.upper() for name in names])
    entries = (
        EntryPage.objects.filter(named, original=None).order_by("pk").values_list("reference", "external_id", "pk")
    )
    pages = {name.lower(): pk for reference, key, pk in entries for name in (reference, key) if name}
    return {**data, "rows": [{**row, "page": pages.get(row["id"].lower())} for row in data["rows"]]}


def as_table(data: dict[str, Any]) -> bytes:
    """The report as CSV: one line for each fault, note and row."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([_("What"), _("Place"), _("Field"), _("Found"), _("Allowed")])
    names = (("problems", _("problem")), ("warnings", _("note")))
    for name, label in names:
        for found in data[name]:
            cells = (label, found["place"], found["field"], found["found"], found["allowed"])
            writer.writerow([guard(str(cell)) for cell in cells])
    for row in data["rows"]:
        cells = (row["state"], row["row"], row["id"], row["title"], " ".join(row["gaps"]))
        writer.writerow([guard(str(cell)) for cell in cells])
    return stream.getvalue().encode("utf-8-sig")


def _problem(problem: Problem) -> dict[str, str]:
    found = {"field": problem.field, "found": problem.found, "allowed": problem.allowed}
    return {"file": problem.file, "place": problem.record or problem.file, **found}
