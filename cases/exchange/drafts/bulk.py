"""Writing prepared pages, many rows at a time: what `add_child` and `save_revision` would write, without their pace.

Wagtail writes a page with some sixty statements; a file of thousands would hold SQLite's only write lock for minutes,
and everybody else's saving would fail. So primary keys are reserved first, then each table gets its rows in bulk. What
Wagtail's signals would do for a draft is done here too: references of pages, the admin's own search, the history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modelcluster.models import get_all_child_relations
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from modelsearch.backends import get_search_backends

from cases.exchange.drafts.keys import Keys
from cases.exchange.drafts.preparing import Item, Prepared
from cases.exchange.drafts.targets import Target
from cases.models import CountryTeamPage, EntryPage
from cases.models.progress import Progress, record, texts_mark
from cases.models.references import next_references

IMPORT: Final = "cases.import"
CREATE: Final = "wagtail.create"


def register_import_action(actions: LogActionRegistry) -> None:
    """Name imports in the history of pages."""
    actions.register_action(IMPORT, _("Import from a file"), _("Imported from a file"))


class ChangedMeanwhile(Exception):  # noqa: N818 - not an error: the work begins anew
    """Somebody saved an entry after it was read here."""


@dataclass(slots=True)
class BulkWriter:
    """Writes batches of items, in the transaction of the caller."""

    target: Target
    file: str
    organisations: dict[int, int]
    tags: dict[int, Any]
    keys: Keys = field(default_factory=Keys)
    steps: dict[str, int] = field(default_factory=dict)
    now: Any = field(default_factory=timezone.now)

    def write(self, items: list[Item]) -> None:
        """Write the pages of these items. Raises `ChangedMeanwhile`."""
        new = [item.original for item in items if item.original and item.original.new]
        self._place(new)
        self._refer(new)
        translations = []
        for item in items:
            self._link(item)
            translations += [page for page in item.translations if page.new]
        self._place(translations)
        self._insert([prepared.page for prepared in new])
        self._insert([prepared.page for prepared in translations])
        pages = [page for item in items for page in (item.original, *item.translations) if page]
        self._revise(pages, {id(page): item.row for item in items for page in (item.original, *item.translations)})

    def _place(self, prepared: Sequence[Prepared]) -> None:
        """Give new pages their keys and their places in the tree, at the end of the team's page."""
        by_language: defaultdict[str, list[EntryPage]] = defaultdict(list)
        for one, pk in zip(prepared, self.keys.reserve(Page, len(prepared)), strict=True):
            one.page.id = one.page.page_ptr_id = one.page.entrypage_ptr_id = pk
            by_language[one.language].append(one.page)
        for language, pages in by_language.items():
            home = self.target.homes[language]
            first = self._next_step(language, home)
            for step, page in enumerate(pages, first):
                page.path, page.depth = Page._get_path(home.path, home.depth + 1, step), home.depth + 1
                page.url_path = f"{home.url_path}{page.slug}/"
            self.steps[language] = first + len(pages)
            Page.objects.filter(pk=home.pk).update(numchild=F("numchild") + len(pages))

    def _next_step(self, language: str, home: CountryTeamPage) -> int:
        """The number of the next child; the parent's row is the lock."""
        if language not in self.steps:
            Page.objects.select_for_update().get(pk=home.pk)
            children = Page.objects.filter(path__startswith=home.path, depth=home.depth + 1)
            last = children.order_by("-path").values_list("path", flat=True).first()
            self.steps[language] = (Page._str2int(last[-Page.steplen :]) if last else 0) + 1
        return self.steps[language]

    def _refer(self, prepared: Sequence[Prepared]) -> None:
        if prepared:
            given = next_references(self.target.team.reference_code, self.now.year, len(prepared))
            for one, reference in zip(prepared, given, strict=True):
                one.page.reference = reference

    def _link(self, item: Item) -> None:
        """Tell new translations whose they are."""
        for one in item.translations:
            if one.new:
                original = item.original.page if item.original else None
                one.page.original_id = original.pk if original else item.original_pk
                one.page.reference = original.reference if original else self._reference(item.original_pk)
                one.page.external_id = ""

    def _reference(self, pk: int | None) -> str:
        return str(EntryPage.objects.values_list("reference", flat=True).get(pk=pk))

    def _insert(self, pages: list[EntryPage]) -> None:
        if not pages:
            return
        for page in pages:
            page.draft_title, page.latest_revision_created_at = page.title, self.now
            page.content_type_id = ContentType.objects.get_for_model(type(page)).pk
        self._key_rows(pages)
        for page in pages:
            self._replace_newcomers(page)
        model = type(pages[0])
        for table in [*reversed(model._meta.get_parent_list()), model]:
            _insert(table, pages)
        for child, rows in _children(pages).items():
            child._default_manager.bulk_create(rows, batch_size=None)
        _refer_to(pages)
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(model, pages)

    def _key_rows(self, pages: Iterable[EntryPage]) -> None:
        """Keys for child rows, so that the first version names them and later ones keep them."""
        for model, rows in _children(pages).items():
            for row, pk in zip(rows, self.keys.reserve(model, len(rows)), strict=True):
                row.pk = pk

    def _replace_newcomers(self, page: EntryPage) -> None:
        """Put the real keys of new organisations and tags in the place of those below zero."""
        for name in ("lead_organisation_id", "owner_organisation_id"):
            key = getattr(page, name, None)
            if key is not None and key < 0:
                setattr(page, name, self.organisations[key])
        for row in getattr(page, "partnerships", _none).get_object_list():
            row.organisation_id = self.organisations.get(row.organisation_id, row.organisation_id)
        for row in page.tagged_items.get_object_list():
            if row.tag_id < 0:
                row.tag = self.tags[row.tag_id]

    def _revise(self, pages: Sequence[Prepared], rows: dict[int, str]) -> None:
        """A version of each page, the history's entry on it, and the page's word of its newest version."""
        base = ContentType.objects.get_for_model(Page)
        revisions, entries, renamed = [], [], []
        for one, pk in zip(pages, self.keys.reserve(Revision, len(pages)), strict=True):
            page = one.page
            if not one.new:
                self._replace_newcomers(page)
            revisions.append(
                Revision(
                    pk=pk,
                    content_type_id=page.content_type_id,
                    base_content_type=base,
                    object_id=str(page.pk),
                    created_at=self.now,
                    user=self.target.user,
                    object_str=str(page),
                    content=page.serializable_data(),
                )
            )
            entries += self._history(one, pk, rows[id(one)])
            renamed.append((one, pk))
        Revision.objects.bulk_create(revisions)
        PageLogEntry.objects.bulk_create(entries)
        for one, pk in renamed:
            self._name_newest(one, pk)
        self._note_progress(pages)

    def _note_progress(self, pages: Sequence[Prepared]) -> None:
        """How far each entry is, which lists read."""
        new = [
            Progress(
                entry_id=one.page.pk,
                gaps=one.gaps,
                percent=one.percent,
                texts_mark=texts_mark(one.page),
                texts_changed_at=self.now,
            )
            for one in pages
            if one.new
        ]
        Progress.objects.bulk_create(new)
        for one in pages:
            if not one.new:
                record(one.page)

    def _history(self, one: Prepared, revision: int, row: str) -> list[PageLogEntry]:
        shared = {
            "content_type_id": one.page.content_type_id,
            "label": one.page.title,
            "page_id": one.page.pk,
            "user_id": self.target.user.pk if self.target.user else None,
            "timestamp": self.now,
            "revision_id": revision,
            "content_changed": True,
        }
        actions = (CREATE, IMPORT) if one.new else (IMPORT,)
        return [PageLogEntry(action=action, data={"file": self.file, "row": row}, **shared) for action in actions]

    def _name_newest(self, one: Prepared, revision: int) -> None:
        values: dict[str, Any] = {"latest_revision_id": revision}
        if not one.new:
            values |= {"latest_revision_created_at": self.now, "has_unpublished_changes": True}
            values |= {"draft_title": one.page.title}
        changed = Page.objects.filter(pk=one.page.pk, latest_revision_id=one.before).update(**values)
        if not changed:
            raise ChangedMeanwhile
        if not one.new:
            EntryPage.objects.filter(pk=one.page.pk).update(external_id=one.page.external_id)


class _Nothing:
    def get_object_list(self) -> list[Any]:
        return []


_none: Final = _Nothing()


def _insert(table: type[models.Model], pages: list[EntryPage]) -> None:
    """The columns of one table of the pages. `bulk_create` refuses models of several tables as keys may be missing."""
    queryset: Any = table._base_manager.all()
    fields = [column for column in table._meta.local_concrete_fields if not column.generated]
    queryset._batched_insert(pages, fields, None)


def _children(pages: Iterable[EntryPage]) -> dict[type[models.Model], list[Any]]:
    """The child rows of all pages by model, each row told whose it is."""
    found: defaultdict[type[models.Model], list[Any]] = defaultdict(list)
    for page in pages:
        for relation in get_all_child_relations(page):
            rows = getattr(page, relation.get_accessor_name()).get_object_list()
            for order, row in enumerate(rows):
                setattr(row, relation.field.attname, page.pk)
                if hasattr(row, "sort_order"):
                    row.sort_order = order
            found[relation.related_model] += rows
    return found


def _refer_to(pages: Iterable[EntryPage]) -> None:
    """What the pages refer to, for the lists of usages."""
    found = []
    for page in pages:
        types = [ContentType.objects.get_for_model(model) for model in (type(page), Page)]
        for content_type, pk, model_path, content_path in set(ReferenceIndex._extract_references_from_object(page)):
            found.append(
                ReferenceIndex(
                    content_type=types[0],
                    base_content_type=types[1],
                    object_id=str(page.pk),
                    to_content_type_id=content_type,
                    to_object_id=pk,
                    model_path=model_path,
                    content_path=content_path,
                    content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
                )
            )
    ReferenceIndex.objects.bulk_create(found)
