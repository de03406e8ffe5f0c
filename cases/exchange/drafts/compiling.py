"""From prepared pages to batches that are ready to be written: keys, addresses, versions, and most statements.

All of this is done before the transaction, so that the transaction has little to do but to hand rows to the database.
What only the transaction can give - the place in the tree and the reference - is filled in by `bulk`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from modelcluster.models import get_all_child_relations
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from cases.exchange.drafts.keys import reserve
from cases.exchange.drafts.newcomers import Made
from cases.exchange.drafts.preparing import Item, Prepared
from cases.exchange.drafts.statements import Statement, inserts
from cases.exchange.drafts.targets import Target
from cases.models import EntryPage
from cases.models.findings import Finding
from cases.models.progress import Progress

IMPORT: Final = "cases.import"
CREATE: Final = "wagtail.create"


@dataclass(frozen=True, slots=True)
class Version:
    """The new version of a page; the content of a new page still lacks its place and reference."""

    page_pk: int
    revision: Revision
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class Batch:
    """Pages to be written, new ones without their child rows, and statements that only need to be run."""

    items: tuple[Item, ...]
    versions: tuple[Version, ...]
    statements: tuple[Statement, ...]


@dataclass(slots=True)
class Compiler:
    """Makes batches of items; writes nothing but that keys are taken."""

    target: Target
    file: str
    made: Made
    now: Any = field(default_factory=timezone.now)

    def compile(self, items: list[Item]) -> Batch:
        """Make one batch."""
        pages = [(item.row, page) for item in items for page in (item.original, *item.translations) if page]
        self._key([page for _row, page in pages if page.new])
        for item in items:
            _link(item)
        for _row, prepared in pages:
            self._replace_newcomers(prepared.page)
        new = [prepared.page for _row, prepared in pages if prepared.new]
        statements = [*self._child_rows(new), *inserts(ReferenceIndex, list(_references(new)))]
        versions = self._versions([prepared for _row, prepared in pages])
        entries = [
            entry
            for (row, prepared), version in zip(pages, versions, strict=True)
            for entry in self._history(prepared, version.revision.pk, row)
        ]
        fresh = [prepared for _row, prepared in pages if prepared.new]
        statements += [
            *inserts(PageLogEntry, entries),
            *inserts(Progress, [self._progress(one) for one in fresh]),
            *inserts(Finding, [row for one in fresh for row in _found(one)]),
        ]
        if new:
            statements += inserts(type(new[0]), new)
        for _row, prepared in pages:
            prepared.page._cluster_related_objects = {}  # laid aside without child rows, which are statements by now
        return Batch(tuple(items), tuple(versions), tuple(statements))

    def _key(self, prepared: Sequence[Prepared]) -> None:
        """Give new pages their keys, and all columns but place and reference."""
        for one, pk in zip(prepared, reserve(Page, len(prepared)), strict=True):
            page, home = one.page, self.target.homes[one.language]
            page.id = page.page_ptr_id = page.entrypage_ptr_id = pk
            page.depth, page.url_path = home.depth + 1, f"{home.url_path}{page.slug}/"
            page.draft_title, page.latest_revision_created_at = page.title, self.now
            page.content_type_id = ContentType.objects.get_for_model(type(page)).pk

    def _child_rows(self, pages: list[EntryPage]) -> Iterator[Statement]:
        """Keys for child rows, so that the first version names them and later ones keep them."""
        for model, rows in _children(pages).items():
            for row, pk in zip(rows, reserve(model, len(rows)), strict=True):
                row.pk = pk
            yield from inserts(model, rows)

    def _replace_newcomers(self, page: EntryPage) -> None:
        """Put the real keys of new organisations and tags in the place of those below zero."""
        keys = self.made.organisation_keys
        for name in ("lead_organisation_id", "owner_organisation_id"):
            key = getattr(page, name, None)
            if key is not None and key < 0:
                setattr(page, name, keys[key])
        if hasattr(page, "partnerships"):
            for row in page.partnerships.get_object_list():
                row.organisation_id = keys.get(row.organisation_id, row.organisation_id)
        for row in page.tagged_items.get_object_list():
            if row.tag_id < 0:
                row.tag = self.made.tags_by_key[row.tag_id]

    def _versions(self, pages: Sequence[Prepared]) -> list[Version]:
        base = ContentType.objects.get_for_model(Page)
        return [
            Version(
                one.page.pk,
                Revision(
                    pk=pk,
                    content_type_id=one.page.content_type_id,
                    base_content_type_id=base.pk,
                    object_id=str(one.page.pk),
                    created_at=self.now,
                    user_id=self._user,
                    object_str=str(one.page),
                    content=one.page.serializable_data(),
                ),
                one,
            )
            for one, pk in zip(pages, reserve(Revision, len(pages)), strict=True)
        ]

    @property
    def _user(self) -> int | None:
        return self.target.user.pk if self.target.user else None

    def _history(self, one: Prepared, revision: int, row: str) -> list[PageLogEntry]:
        shared = {
            "content_type_id": one.page.content_type_id,
            "label": one.page.title,
            "page_id": one.page.pk,
            "user_id": self._user,
            "timestamp": self.now,
            "revision_id": revision,
            "content_changed": True,
        }
        actions = (CREATE, IMPORT) if one.new else (IMPORT,)
        return [PageLogEntry(action=action, data={"file": self.file, "row": row}, **shared) for action in actions]

    def _progress(self, one: Prepared) -> Progress:
        measured = one.progress
        return Progress(
            entry_id=one.page.pk,
            gaps=measured.gaps,
            percent=measured.percent,
            texts_mark=measured.texts_mark,
            texts_changed_at=self.now,
        )


def _link(item: Item) -> None:
    """Tell new translations whose they are."""
    for one in item.translations:
        if one.new:
            one.page.original_id = item.original.page.pk if item.original else item.original_pk
            one.page.external_id = ""


def _found(one: Prepared) -> Iterable[Finding]:
    for row in one.look.found:
        row.entry_id = one.page.pk
    return one.look.found


def _children(pages: Iterable[EntryPage]) -> dict[type[Any], list[Any]]:
    """The child rows of all pages by model, each row told whose it is."""
    found: defaultdict[type[Any], list[Any]] = defaultdict(list)
    for page in pages:
        for relation in get_all_child_relations(page):
            rows = getattr(page, relation.get_accessor_name()).get_object_list()
            for order, row in enumerate(rows):
                setattr(row, relation.field.attname, page.pk)
                if hasattr(row, "sort_order"):
                    row.sort_order = order
            found[relation.related_model] += rows
    return found


def _references(pages: Iterable[EntryPage]) -> Iterator[ReferenceIndex]:
    """What the pages refer to, for the lists of usages."""
    for page in pages:
        types = [ContentType.objects.get_for_model(model) for model in (type(page), Page)]
        for content_type, pk, model_path, content_path in set(ReferenceIndex._extract_references_from_object(page)):
            yield ReferenceIndex(
                content_type=types[0],
                base_content_type=types[1],
                object_id=str(page.pk),
                to_content_type_id=content_type,
                to_object_id=pk,
                model_path=model_path,
                content_path=content_path,
                content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
            )
