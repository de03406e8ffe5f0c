"""An import from its records to its report: a dry run prepares everything and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from cases.exchange.batches import chunked
from cases.exchange.drafts.bulk import BulkWriter, ChangedMeanwhile
from cases.exchange.drafts.matching import Newcomers
from cases.exchange.drafts.preparing import Preparer
from cases.exchange.drafts.staging import Stage
from cases.exchange.drafts.targets import RawRecord, Report, Target
from cases.models import Organisation, Tag

READ_AT_ONCE: Final = 100
WRITTEN_AT_ONCE: Final = 250
ATTEMPTS: Final = 3

Records = Callable[[Report], Iterable[RawRecord]]
"""Reads the file from its beginning; faults of the file itself go to the report."""
Step = Callable[[int], object]


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
    records: Records, target: Target, file: str, step: Step = int, finish: Callable[[Report], object] = id
) -> Report:
    """Import all records, or none when one is wrong. `finish` is called within the transaction.

    An entry that somebody saves between the reading and the writing makes the work begin anew.
    """
    with Stage() as stage:
        for attempt in range(1, ATTEMPTS + 1):
            stage.clear()
            report, newcomers = _stage(records, target, stage, step)
            if not report.good:
                return report
            try:
                with transaction.atomic():
                    _write(stage, target, newcomers, file)
                    finish(report)
            except (ChangedMeanwhile, IntegrityError):
                if attempt == ATTEMPTS:
                    raise
            else:
                return report
    raise AssertionError  # the last attempt returns or raises


def _stage(records: Records, target: Target, stage: Stage, step: Step) -> tuple[Report, Newcomers]:
    report = Report()
    preparer = Preparer(target, report)
    for batch in chunked(records(report), READ_AT_ONCE):
        for item in preparer.take(batch):
            if report.good:
                stage.put(item)
        step(len(batch))
    return report, preparer.newcomers


def _write(stage: Stage, target: Target, newcomers: Newcomers, file: str) -> None:
    organisations = _make_organisations(newcomers)
    writer = BulkWriter(target, file, organisations, _make_tags(newcomers))
    for batch in chunked(stage, WRITTEN_AT_ONCE):
        writer.write(batch)


def _make_organisations(newcomers: Newcomers) -> dict[int, int]:
    """Make the organisations that are still missing; their keys by those below zero."""
    if not newcomers.organisations:
        return {}
    names = newcomers.organisations
    found = dict(_organisations_named(names))
    taken = set(Organisation.objects.values_list("slug", flat=True))
    made = []
    for name, newcomer in names.items():
        if name not in found:
            slug = _free(slugify(newcomer.name)[:80] or "organisation", taken)
            made.append(
                Organisation(
                    name=newcomer.name, type_id=newcomer.type_id, url=newcomer.url, slug=slug, search_name=name[:512]
                )
            )
    Organisation.objects.bulk_create(made)
    found = dict(_organisations_named(names))
    return {newcomer.pk: found[name[:512]] for name, newcomer in names.items()}


def _organisations_named(names: Iterable[str]) -> Iterable[tuple[str, int]]:
    for batch in chunked(names, 500):
        wanted = [name[:512] for name in batch]
        yield from Organisation.objects.filter(search_name__in=wanted).values_list("search_name", "pk")


def _make_tags(newcomers: Newcomers) -> dict[int, Any]:
    if not newcomers.tags:
        return {}
    taken = set(Tag.objects.values_list("slug", flat=True))
    made = [
        Tag(name=tag.name, slug=_free(tag.slugify(tag.name)[:90] or "tag", taken)) for tag in newcomers.tags.values()
    ]
    Tag.objects.bulk_create(made)
    named = {tag.name: tag for tag in Tag.objects.filter(slug__in=[tag.slug for tag in made])}
    return {tag.pk: named[tag.name] for tag in newcomers.tags.values()}


def _free(wanted: str, taken: set[str]) -> str:
    """An address that is not taken yet; it is from now on."""
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    taken.add(slug)
    return slug
