"""An import from its records to its report: a dry run prepares everything and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Literal

from django.db import IntegrityError, transaction

from cases.exchange.batches import chunked
from cases.exchange.drafts.bulk import BulkWriter
from cases.exchange.drafts.compiling import Batch, Compiler
from cases.exchange.drafts.matching import Newcomers
from cases.exchange.drafts.newcomers import Made, make
from cases.exchange.drafts.preparing import Item, Preparer
from cases.exchange.drafts.staging import Stage
from cases.exchange.drafts.targets import ChangedMeanwhile, RawRecord, Report, Target

READ_AT_ONCE: Final = 100
WRITTEN_AT_ONCE: Final = 100
ATTEMPTS: Final = 3

Records = Callable[[Report], Iterable[RawRecord]]
"""Reads the file from its beginning; faults of the file itself go to the report."""
Step = Callable[[int], object]
Phase = Literal["checking", "preparing", "writing"]
Begin = Callable[[Phase, int], object]
"""Hears of each phase and the number of its steps; the writing has no steps that others can see."""


def _nobody_asks(_phase: Phase, _number: int) -> None:
    pass


def check(records: Records, target: Target, step: Step = int) -> Report:
    """Say what an import would do; writes nothing."""
    report = Report()
    preparer = Preparer(target, report)
    for batch in chunked(records(report), READ_AT_ONCE):
        for _item in preparer.take(batch):
            pass
        step(len(batch))
    return report


def run(
    records: Records,
    target: Target,
    file: str,
    step: Step = int,
    finish: Callable[[Report], object] = id,
    begin: Begin = _nobody_asks,
) -> Report:
    """Import all records, or none when one is wrong. `finish` is called within the transaction.

    An entry that somebody saves between the reading and the writing makes the work begin anew.
    """
    with Stage[Item]() as items, Stage[Batch]() as batches:
        for attempt in range(1, ATTEMPTS + 1):
            items.clear()
            batches.clear()
            report, newcomers = _prepare(records, target, items, step)
            if not report.good:
                return report
            begin("preparing", items.items)
            made = make(newcomers)
            _compile(items, batches, Compiler(target, file, made), step)
            begin("writing", items.items)
            try:
                with transaction.atomic():
                    _write(batches, target, made)
                    finish(report)
            except (ChangedMeanwhile, IntegrityError):
                if attempt == ATTEMPTS:
                    raise
                begin("checking", report.records)
            else:
                return report
    raise AssertionError  # the last attempt returns or raises


def _prepare(records: Records, target: Target, items: Stage[Item], step: Step) -> tuple[Report, Newcomers]:
    report = Report()
    preparer = Preparer(target, report)
    for batch in chunked(records(report), READ_AT_ONCE):
        for item in preparer.take(batch):
            if report.good and (item.original or item.translations):
                items.put(item)
        step(len(batch))
    return report, preparer.newcomers


def _compile(items: Stage[Item], batches: Stage[Batch], compiler: Compiler, step: Step) -> None:
    for batch in chunked(items, WRITTEN_AT_ONCE):
        batches.put(compiler.compile(batch))
        step(len(batch))


def _write(batches: Stage[Batch], target: Target, made: Made) -> None:
    made.write()
    writer = BulkWriter(target)
    for batch in batches:
        writer.write(batch)
