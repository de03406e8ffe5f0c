"""Saving a draft again and again, as autosave does: one revision, one line of history, until somebody relies on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from wagtail.models import Comment, Page, PageLogEntry, Revision

if TYPE_CHECKING:
    from cases.models.entries import EntryPage

EDIT = "wagtail.edit"


def keep_settled(entry: EntryPage, options: dict[str, Any]) -> dict[str, Any]:
    """The options of `save_revision`, changed so that it spoils no revision on which somebody relies.

    Wagtail lets an author's open editor write over its last revision for as long as nobody else saved, even when
    that revision was submitted, approved, scheduled or published meanwhile.
    """
    revision, user = options.get("overwrite_revision"), options.get("user")
    if revision is None:
        return options
    if is_settled(entry, revision):
        return {**options, "overwrite_revision": None}
    line = PageLogEntry.objects.filter(page_id=entry.pk, revision=revision, action=EDIT, user=user)
    if line.update(timestamp=timezone.now()):
        return {**options, "log_action": False}
    return options


def is_settled(entry: EntryPage, revision: Revision) -> bool:
    """Whether this content was published, scheduled, or shown to a moderator: it must stay as it is."""
    if revision.approved_go_live_at is not None or entry.live_revision_id == revision.pk:
        return True
    return any(_rows(relation, revision).exists() for relation in _relying())


def _relying() -> list[models.ManyToOneRel]:
    """The relations by which others rely on a revision: not a page's newest draft, comments, or lines of history."""
    fields = Revision._meta.get_fields(include_hidden=True)
    relations = [field for field in fields if isinstance(field, models.ManyToOneRel)]
    own = (Page, Comment)
    return [r for r in relations if r.on_delete is not models.DO_NOTHING and not issubclass(r.related_model, own)]


def _rows(relation: models.ManyToOneRel, revision: Revision) -> models.QuerySet[Any]:
    return relation.related_model._base_manager.filter(**{relation.field.name: revision})
