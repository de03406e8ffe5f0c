"""Writing batches, many rows at a time: what `add_child` and `save_revision` would write, without their pace.

Wagtail writes a page with some sixty statements; a file of thousands would hold SQLite's only write lock for minutes,
and everybody else's saving would fail. So `compiling` makes what can be made before the transaction; here rows get
their references and places in the tree, and statements are run. What Wagtail's signals and our own would do for a
draft is done too: references of pages, the admin's own search, the history, progress, personal data, co-authors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, Revision

from modelsearch.backends import get_search_backends

from cases.checks.looking import store as store_looks
from cases.exchange.drafts import statements
from cases.exchange.drafts.compiling import IMPORT, Batch, Version
from cases.exchange.drafts.matching import moderated
from cases.exchange.drafts.preparing import Item, Prepared
from cases.exchange.drafts.targets import ChangedMeanwhile, Target
from cases.members.coauthors import follow
from cases.models import CountryTeamPage, EntryPage
from cases.models.progress import store as store_progress
from cases.models.references import next_references


def register_import_action(actions: LogActionRegistry) -> None:
    """Name imports in the history of pages."""
    actions.register_action(IMPORT, _("Import from a file"), _("Imported from a file"))


@dataclass(slots=True)
class BulkWriter:
    """Writes batches, in the transaction of the caller."""

    target: Target
    steps: dict[str, int] = field(default_factory=dict)
    now: Any = field(default_factory=timezone.now)

    def write(self, batch: Batch) -> None:
        """Write the pages of a batch. Raises `ChangedMeanwhile`."""
        new = [version.prepared for version in batch.versions if version.prepared.new]
        self._place(new)
        self._refer(batch.items)
        for version in batch.versions:
            if version.prepared.new:
                version.prepared.page.latest_revision_id = version.revision.pk
        self._insert([one.page for one in new])
        statements.run(batch.statements)
        self._revise(batch.versions)
        _follow_up([version.prepared for version in batch.versions if not version.prepared.new])
        if keys := _joining(batch.items):
            follow(keys)

    def _place(self, prepared: Sequence[Prepared]) -> None:
        """Give new pages their places in the tree, at the end of the team's page."""
        by_language: defaultdict[str, list[EntryPage]] = defaultdict(list)
        for one in prepared:
            by_language[one.language].append(one.page)
        for language, pages in by_language.items():
            home = self.target.homes[language]
            first = self._next_step(language, home)
            for step, page in enumerate(pages, first):
                page.path = Page._get_path(home.path, home.depth + 1, step)
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

    def _refer(self, items: Sequence[Item]) -> None:
        """References for new entries; translations share that of their original."""
        new = [item.original.page for item in items if item.original and item.original.new]
        if new:
            given = next_references(self.target.team.reference_code, self.now.year, len(new))
            for page, reference in zip(new, given, strict=True):
                page.reference = reference
        standing = EntryPage.objects.filter(pk__in=[item.original_pk for item in items if item.original_pk])
        known = dict(standing.values_list("pk", "reference"))
        for item in items:
            for one in item.translations:
                if one.new:
                    original = item.original_pk
                    one.page.reference = known[original] if original else item.original.page.reference  # type: ignore[union-attr]

    def _insert(self, pages: list[EntryPage]) -> None:
        if not pages:
            return
        for table in reversed(type(pages[0])._meta.get_parent_list()):
            statements.run(statements.inserts(table, pages))
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(type(pages[0]), pages)

    def _revise(self, versions: Sequence[Version]) -> None:
        """A version of each page, and the page's word of its newest version."""
        for version in versions:
            page = version.prepared.page
            if version.prepared.new:
                version.revision.content |= {"path": page.path, "reference": page.reference}
        Revision.objects.bulk_create([version.revision for version in versions])
        _refuse_settled([version.page_pk for version in versions if not version.prepared.new])
        for version in versions:
            if not version.prepared.new:
                self._name_newest(version)

    def _name_newest(self, version: Version) -> None:
        one = version.prepared
        values: dict[str, Any] = {"latest_revision_id": version.revision.pk, "has_unpublished_changes": True}
        values |= {"latest_revision_created_at": self.now, "draft_title": one.page.title}
        changed = Page.objects.filter(pk=version.page_pk, latest_revision_id=one.before).update(**values)
        if not changed:
            raise ChangedMeanwhile
        if one.renamed:
            EntryPage.objects.filter(pk=version.page_pk).update(external_id=one.page.external_id)


def _follow_up(updated: Sequence[Prepared]) -> None:
    """What else is known of entries that got a new version: how far they are, and what looks like personal data."""
    if updated:
        store_progress({one.page.pk: one.progress for one in updated})
        store_looks({one.page.pk: one.look for one in updated})


def _refuse_settled(keys: Sequence[int]) -> None:
    """Entries that were locked or submitted since they were read here: reading anew will say so."""
    if keys and (Page.objects.filter(pk__in=keys, locked=True).exists() or moderated(keys)):
        raise ChangedMeanwhile


def _joining(items: Sequence[Item]) -> list[Any]:
    """Entries that get another translation, which their co-author teams may write too."""
    grown = [item for item in items if item.original_pk and any(one.new for one in item.translations)]
    return [one.page.translation_key for item in grown for one in item.translations if one.new]
