"""What the records of a batch name and the database holds, in a number of queries that does not grow with the batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from wagtail.models import Page, Revision, WorkflowState

from cases.exchange.batches import chunked
from cases.exchange.checks import MODELS, folded, organisations
from cases.exchange.drafts.targets import Target
from cases.exchange.filling import Known
from cases.exchange.reading import Record
from cases.exchange.records import Names
from cases.exchange.stories import hashes_of
from cases.models import EntryPage, MethodPage, Organisation, Tag
from core.models import File, Picture


@dataclass(slots=True)
class Newcomers:
    """Organisations and tags that no batch found: made with the entries, until then known by keys below zero."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    tags: dict[str, Tag] = field(default_factory=dict)

    def organisation(self, name: str, value: Mapping[str, Any]) -> Organisation:
        """The organisation of that folded name, new on the site."""
        if name not in self.organisations:
            key = -1 - len(self.organisations)
            made = Organisation(pk=key, name=value["name"], type_id=value["type"].id, url=value.get("url") or "")
            self.organisations[name] = made
        return self.organisations[name]

    def tag(self, name: str) -> Tag:
        """The tag, new on the site; tags that differ only in case are one."""
        return self.tags.setdefault(name.lower(), Tag(pk=-1 - len(self.tags), name=name))


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry that is on the site: its row, and its newest version."""

    row: EntryPage
    draft: EntryPage


@dataclass(frozen=True, slots=True)
class Matches:
    """Entries by reference and by key, translations by original and language, and everything that records point to."""

    by_reference: Mapping[str, EntryPage]
    by_key: Mapping[str, EntryPage]
    drafts: Mapping[int, EntryPage]
    translations: Mapping[tuple[int, str], Standing]
    moderated: frozenset[int]
    slugs: Mapping[str, frozenset[str]]
    known: Known
    names: Names


def match(records: list[Record], target: Target, newcomers: Newcomers) -> Matches:
    """Look everything up."""
    rows = _entries(records)
    own = [row for row in rows if row.team_id == target.team.pk]
    originals = _specific(own, target)
    others = _specific(EntryPage.objects.filter(original__in=[row.pk for row in own]).select_related("locale"), target)
    drafts = newest_of([*originals, *others])
    codes = {home.locale_id: language for language, home in target.homes.items()}
    return Matches(
        by_reference={row.reference: row for row in rows},
        by_key={**{row.reference.lower(): row for row in rows}, **{row.external_id: row for row in rows}},
        drafts={page.pk: drafts[page.pk] for page in originals},
        translations={
            (page.original_id, codes.get(page.locale_id, "")): Standing(page, drafts[page.pk]) for page in others
        },
        moderated=moderated([page.pk for page in (*originals, *others)]),
        slugs=_slugs(records, target),
        known=(known := _known(records, target, newcomers)),
        names=_names(drafts.values(), known),
    )


def _names(drafts: Iterable[EntryPage], known: Known) -> Names:
    """What the drafts point to, before and after the records are in them."""
    found = Names.of(drafts)
    return Names(
        {**found.organisations, **{row.pk: row for row in known.organisations.values()}},
        {**found.methods, **{row.pk: row for row in known.methods.values()}},
        {**found.files, **{row.pk: row for row in known.files.values()}},
        {**found.pictures, **{row.pk: row for row in known.pictures.values()}},
    )


def _entries(records: Iterable[Record]) -> list[EntryPage]:
    ids = {record.id for record in records if record.id}
    references = {str(record.values.get("reference") or "") for record in records} | {key.upper() for key in ids}
    named = Q(external_id__in=ids) | Q(reference__in=references - {""})
    return list(EntryPage.objects.filter(named, original=None, alias_of=None).order_by("pk"))


def _specific(rows: Iterable[EntryPage], target: Target) -> list[EntryPage]:
    return list(MODELS[target.kind]._default_manager.filter(pk__in=[row.pk for row in rows]).order_by("pk"))


def newest_of(pages: list[EntryPage]) -> dict[int, EntryPage]:
    """The newest version of each page: what an editor would open."""
    revisions = Revision.objects.in_bulk([page.latest_revision_id for page in pages if page.latest_revision_id])
    return {
        page.pk: page.with_content_json(revisions[page.latest_revision_id].content)
        if page.latest_revision_id in revisions
        else page
        for page in pages
    }


def moderated(keys: Iterable[int]) -> frozenset[int]:
    """Which of these pages wait for a decision."""
    running = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(pk) for pk in keys],
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return frozenset(int(pk) for pk in running.values_list("object_id", flat=True))


def _slugs(records: Iterable[Record], target: Target) -> dict[str, frozenset[str]]:
    """Addresses that are taken below the team's page of each language, among those that the records ask for."""
    wanted = {record.id for record in records} | {str(record.values.get("slug") or "") for record in records}
    for record in records:
        wanted |= {str(texts.get("slug") or "") for texts in record.translations.values()}
    found: dict[str, frozenset[str]] = {}
    for language, home in target.homes.items():
        children = Page.objects.filter(path__startswith=home.path, depth=home.depth + 1, slug__in=wanted - {""})
        found[language] = frozenset(children.values_list("slug", flat=True))
    return found


def _known(records: list[Record], target: Target, newcomers: Newcomers) -> Known:
    files, pictures = _stored(records, target)
    return Known(_organisations(records, newcomers), _methods(records), files, pictures, _tags(records, newcomers))


def _organisations(records: Iterable[Record], newcomers: Newcomers) -> dict[str, Organisation]:
    named = {
        folded(value["name"]): value
        for record in records
        for _path, value in organisations(record)
        if value.get("name") and value.get("type")
    }
    found = {row.search_name: row for row in Organisation.objects.filter(search_name__in=named)}
    return {name: found.get(name) or newcomers.organisation(name, value) for name, value in named.items()}


def _methods(records: Iterable[Record]) -> dict[str, MethodPage]:
    keys = {key for record in records for key in record.methods or ()}
    if not keys:
        return {}
    named = Q(external_id__in=keys) | Q(external_id="", reference__in={key.upper() for key in keys})
    methods = MethodPage.objects.filter(named, original=None, alias_of=None)
    return {method.external_id or method.reference.lower(): method for method in methods}


def _tags(records: Iterable[Record], newcomers: Newcomers) -> dict[str, Tag]:
    names: dict[str, str] = {}
    for record in records:
        for name in record.values.get("tags") or ():
            names.setdefault(name.lower(), name)
    found: dict[str, Tag] = {}
    for batch in chunked(list(names), 300):  # SQLite takes no longer chain of conditions
        wanted = reduce(or_, (Q(name__iexact=name) for name in batch))
        found |= {tag.name.lower(): tag for tag in Tag.objects.filter(wanted).order_by("-pk")}
    return {key: found.get(key) or newcomers.tag(name) for key, name in names.items()}


def _stored(records: Iterable[Record], target: Target) -> tuple[dict[str, File], dict[str, Picture]]:
    """Files and pictures of the team's own collection, by checksum; nobody else's can be brought in by knowing one."""
    wanted: dict[str, set[str]] = {"file": set(), "picture": set()}
    for record in records:
        wanted["file"] |= {row["sha1"] for row in record.values.get("attachments") or () if row.get("sha1")}
        if cover := record.values.get("cover"):
            wanted["picture"].add(str(cover.get("sha1")))
        for values in (record.values, *record.translations.values()):
            for kind, checksum in hashes_of(values.get("story") or ()):
                wanted[kind].add(checksum)
    here = {"collection_id": target.team.collection_id}
    files = File.objects.filter(file_hash__in=wanted["file"], **here).order_by("-pk") if wanted["file"] else ()
    pictures = (
        Picture.objects.filter(file_hash__in=wanted["picture"], **here).order_by("-pk") if wanted["picture"] else ()
    )
    return {file.file_hash: file for file in files}, {picture.file_hash: picture for picture in pictures}
