"""Which changes reach the outbox: Django's signals, sent inside the transaction. Wagtail's own come after it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.db.models.signals import post_delete, post_save, pre_delete

from wagtail.models import Page, PageViewRestriction, Site, get_page_models

from cases.models import CountryTeam, EntryPage, EntryTag, Organisation, Tag
from cases.models.terms import version_bumped
from cases.signals import term_merged
from cases.team_moves import team_followed
from core.models import Picture, Withdrawal
from search.upkeep import record
from search.upkeep.models import IndexChange

Scope = IndexChange.Scope
# What saving, locking and discussing drafts writes; nothing of it is searched.
DRAFT_FIELDS: Final = frozenset(
    {
        "draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at", "live_revision",
        "locked", "locked_at", "locked_by", "numchild", "wagtail_admin_comments",
    }
)  # fmt: skip


def connect() -> None:
    """Listen to everything of which a document is made, or on which it depends whether there is one."""
    for model in {Page, *get_page_models()}:
        _listen(post_save, _page_saved, model)
    # Deleting any page collects its row of this table, so one receiver hears of every entry.
    _listen(post_delete, _entry_deleted, EntryPage)
    _listen(post_save, _restricted, PageViewRestriction)
    _listen(post_delete, _unrestricted, PageViewRestriction)
    _listen(post_save, _withdrawn, Withdrawal)
    _listen(post_delete, _tombstone_deleted, Withdrawal)
    _listen(post_save, _organisation_saved, Organisation)
    _listen(post_save, _team_saved, CountryTeam)
    _listen(post_save, _picture_saved, Picture)
    _listen(pre_delete, _picture_deleted, Picture)
    _listen(post_save, _tag_saved, Tag)
    _listen(pre_delete, _tag_deleted, Tag)
    _listen(post_save, _site_saved, Site)
    _listen(version_bumped, _terms_written, None)
    _listen(term_merged, _term_merged, None)
    _listen(team_followed, _team_followed, None)


def _listen(signal: Any, receiver: Any, sender: Any) -> None:
    name = f"search.upkeep.{receiver.__name__}.{sender._meta.label if sender else ''}"
    signal.connect(receiver, sender=sender, dispatch_uid=name)


def _page_saved(
    instance: Page, created: bool, update_fields: frozenset[str] | None = None, raw: bool = False, **_: Any
) -> None:
    if raw or (update_fields is not None and update_fields <= DRAFT_FIELDS):
        return
    if issubclass(instance.cached_content_type.model_class() or Page, EntryPage):
        # What was only just written down as a draft has never been found.
        if instance.live or not created:
            record.entry_saved(instance.pk, instance.translation_key)
    elif not created:
        _addresses_moved(instance)


def _addresses_moved(page: Page) -> None:
    """After another slug or parent of a page above entries; Wagtail gives them their new addresses right after this."""
    below = EntryPage.objects.filter(path__startswith=page.path)
    if below.exclude(url_path__startswith=page.url_path).exists():
        record.touched(Scope.SUBTREE, [page.pk])
        if PageViewRestriction.objects.filter(page__path__in=_paths_above(page)).exists():
            record.removed_below(page.path)


def _paths_above(page: Page) -> list[str]:
    return [page.path[:end] for end in range(page.steplen, len(page.path), page.steplen)]


def _entry_deleted(instance: EntryPage, **_: Any) -> None:
    record.removed([instance.translation_key])


def _restricted(instance: PageViewRestriction, raw: bool = False, **_: Any) -> None:
    if not raw:
        record.removed_below(instance.page.path)


def _unrestricted(instance: PageViewRestriction, **_: Any) -> None:
    record.touched(Scope.SUBTREE, [instance.page_id])


def _withdrawn(instance: Withdrawal, raw: bool = False, **_: Any) -> None:
    if raw:
        return
    if instance.restored_at is None:
        record.removed([instance.translation_key])
    else:
        record.touched(Scope.ENTRY, [instance.translation_key])


def _tombstone_deleted(instance: Withdrawal, **_: Any) -> None:
    record.touched(Scope.ENTRY, [instance.translation_key])


def _organisation_saved(instance: Organisation, created: bool, **_: Any) -> None:
    if not created:
        record.touched(Scope.ORGANISATION, [instance.pk])


def _team_saved(instance: CountryTeam, created: bool, **_: Any) -> None:
    if not created:
        record.touched(Scope.TEAM, [instance.pk])


def _picture_saved(instance: Picture, created: bool, **_: Any) -> None:
    if not created:
        record.touched(Scope.PICTURE, [instance.pk])


def _picture_deleted(instance: Picture, **_: Any) -> None:
    """Name the entries now: the reference is gone with the picture."""
    covered = EntryPage.objects.filter(cover=instance).order_by()
    record.touched(Scope.ENTRY, covered.values_list("translation_key", flat=True))


def _tag_saved(instance: Tag, created: bool, **_: Any) -> None:
    if not created:
        record.touched(Scope.TAG, [instance.pk])


def _tag_deleted(instance: Tag, **_: Any) -> None:
    """Name the entries now: their rows are gone with the tag."""
    tagged = EntryTag.objects.filter(tag=instance).values("content_object_id")
    entries = EntryPage.objects.filter(pk__in=tagged).order_by()
    record.touched(Scope.ENTRY, entries.values_list("translation_key", flat=True))


def _site_saved(instance: Site, created: bool, **_: Any) -> None:
    if not created:
        record.touched(Scope.ALL, [""])


def _terms_written(terms: Collection[int] = (), **_: Any) -> None:
    record.touched(Scope.TERM, terms)


def _term_merged(source: Any, into: Any, **_: Any) -> None:
    """Rows of the source now name the target: all that name it are written again."""
    record.touched(Scope.TERM, [source.pk, into.pk])


def _team_followed(key: Any, **_: Any) -> None:
    record.touched(Scope.ENTRY, [key])
