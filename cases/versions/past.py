"""An entry as a version has it: the revision, with the names of terms, organisations, tags and files as they were.

Everything must be read inside the block, templates too: outside it terms bear their names of today.
What closed since is taken out: a picture or file that visitors may not have any more, and the name of a community
that took back its consent to be named.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from modelcluster.models import get_all_child_relations

from cases.models import EntryPage, Organisation, PublishedVersion, Tag
from cases.terms import TermRow, current_terms, reading
from cases.versions.snapshot import ORGANISATIONS, content_digest, digest_of, merged
from core.files import public_ids
from core.models import File, Picture

CONTENT_KEYS: Final = ("cover", "consent_record", *ORGANISATIONS)


class AlteredError(ValueError):
    """A version whose revision or snapshot is not what was written down when it was published."""


@dataclass(slots=True)
class Past:
    """An entry as it was, and how many of its pictures and files are closed by now."""

    entry: EntryPage
    closed: int = 0
    files: dict[str, Any] = field(default_factory=dict)
    """What the snapshot knows of each attached file, by its key."""


@contextmanager
def as_published(version: PublishedVersion, page: EntryPage) -> Iterator[Past]:
    """Read what `version` said; `page` is the live page, whose rules of today hold. Raises `AlteredError`."""
    source_version = _source_version(version, page)
    names = merged(source_version.snapshot, version.snapshot) if source_version else version.snapshot
    with reading(current_terms().with_rows(_terms(names["terms"]))):
        past = _read(version, page, names)
        if source_version:
            source = _read(source_version, page.source, names)
            past.entry.original = past.entry.source = source.entry
            past.closed += source.closed
            past.files = source.files
        yield past


def is_intact(version: PublishedVersion) -> bool:
    """Whether snapshot and revision still are what was published."""
    return (
        version.digest == digest_of(version.snapshot)
        and content_digest(version.revision) == version.snapshot["content_digest"]
    )


def _source_version(version: PublishedVersion, page: EntryPage) -> PublishedVersion | None:
    """The version of the original beside whose facts a translation stood; its first one when there was none yet."""
    if not page.is_translation:
        return None
    if version.source_version_id:
        return version.source_version
    return PublishedVersion.objects.filter(entry=page.original_id).select_related("revision").order_by("number").first()


def _terms(known: Mapping[str, Mapping[str, Any]]) -> Iterator[TermRow]:
    for key, term in known.items():
        yield replace(
            current_terms().rows[int(key)],
            labels=MappingProxyType(term["labels"]),
            parent_id=term["parent"],
            successor_id=None,
            facts=MappingProxyType(term["facts"]),
        )


def _read(version: PublishedVersion, page: EntryPage, names: Mapping[str, Any]) -> Past:
    """Read one page's version, everything under its name in `names`."""
    if not is_intact(version):
        raise AlteredError(f"Version {version.number} of {page.reference} was altered after its publication.")
    content = version.revision.content
    entry = page.with_content_json(_without_references(type(page), content))
    entry.team = _team(page, version.snapshot)
    entry.locale = page.locale
    entry.url_path = page.url_path
    entry.first_published_at = page.first_published_at or version.published_at
    entry.last_published_at = version.published_at
    _restore_rows(entry, content, names)
    for name in ORGANISATIONS:
        if content.get(name):
            setattr(entry, name, _organisation(content[name], names))
    past = Past(entry, files=names["files"])
    past.closed += _restore_pictures(entry, content, names)
    _obey_today(entry, page)
    return past


def _without_references(entry_class: type[EntryPage], content: Mapping[str, Any]) -> dict[str, Any]:
    """The content without what points to other objects: those may be gone, and are put back from the snapshot."""
    rows: dict[str, Any] = {relation.get_accessor_name(): [] for relation in get_all_child_relations(entry_class)}
    return {**content, **rows, **{name: None for name in CONTENT_KEYS if name in content}}


def _team(page: EntryPage, snapshot: Mapping[str, Any]) -> Any:
    team = copy.copy(page.team)
    team.name = snapshot["team"]["name"]
    return team


def _restore_rows(entry: EntryPage, content: Mapping[str, Any], names: Mapping[str, Any]) -> None:
    """Build the child rows as they were, each with what it points to under the name it had."""
    files = File.objects.in_bulk([int(pk) for pk in names["files"]])
    held = entry.__dict__.setdefault("_cluster_related_objects", {})
    for relation in get_all_child_relations(type(entry)):
        name, model = relation.get_accessor_name(), relation.related_model
        if model._meta.app_label != "cases":
            continue
        held[name] = [model.from_serializable_data(row, check_fks=False) for row in content.get(name, ())]
        for row in held[name]:
            _point(row, names, files)


def _point(row: Any, names: Mapping[str, Any], files: Mapping[int, File]) -> None:
    if getattr(row, "organisation_id", None):
        row.organisation = _organisation(row.organisation_id, names)
    if getattr(row, "file_id", None):
        row.file = _file(row.file_id, names, files)
    if getattr(row, "tag_id", None):
        name = names["tags"][str(row.tag_id)]
        row.tag = Tag(pk=row.tag_id, name=name, slug=name)


def _organisation(pk: int, names: Mapping[str, Any]) -> Organisation:
    known = names["organisations"][str(pk)]
    return Organisation(pk=pk, name=known["name"], slug=known["slug"], type_id=known["type"])


def _file(pk: int, names: Mapping[str, Any], files: Mapping[int, File]) -> File:
    """The file with the name and size it had; whether it may be opened is decided when it is listed."""
    known = names["files"][str(pk)]
    file = copy.copy(files[pk]) if pk in files else File(pk=pk, file=known["name"])
    file.file_size = known["size"]
    return file


def _restore_pictures(entry: EntryPage, content: Mapping[str, Any], names: Mapping[str, Any]) -> int:
    """Keep the pictures and files of cover and story that visitors may have today; returns how many are left out."""
    cover = content.get("cover")
    shown = {block.value["picture"].pk for block in entry.story if _has(block, "picture")}
    open_pictures = public_ids(Picture, {*shown, *([cover] if cover else [])})
    files = {block.value["file"].pk for block in entry.story if _has(block, "file")}
    open_files = public_ids(File, files)
    before = len(entry.story)
    kept = [block for block in entry.story if _is_open(block, open_pictures, open_files)]
    entry.story = type(entry.story)(entry.story.stream_block, [(b.block_type, b.value, b.id) for b in kept])
    entry.cover = Picture.objects.filter(pk=cover).first() if cover in open_pictures else None
    for picture in [*(b.value["picture"] for b in kept if b.block_type == "picture"), entry.cover]:
        if picture and (known := names["pictures"].get(str(picture.pk))):
            picture.description, picture.credit = known["description"], known["credit"]
    return before - len(kept) + (cover is not None and entry.cover is None)


def _has(block: Any, name: str) -> bool:
    return block.block_type == name and bool(block.value[name])


def _is_open(block: Any, pictures: set[int], files: set[int]) -> bool:
    if block.block_type == "picture":
        return _has(block, "picture") and block.value["picture"].pk in pictures
    if block.block_type == "file":
        return _has(block, "file") and block.value["file"].pk in files
    return True


def _obey_today(entry: Any, today: Any) -> None:
    """Let today's protection hold for what was published before it."""
    if hasattr(entry, "community_agreed") and not today.community_agreed:
        entry.community_agreed = False
    if getattr(today, "sensitive", False):
        entry.sensitive, entry.sensitive_reason = True, today.sensitive_reason
