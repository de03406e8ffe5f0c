"""Writing a version down in the transaction of its publication."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from wagtail.models import Page, PageLogEntry, Revision

from cases.models import Clearance, EntryPage
from cases.review_dates.dates import renew
from cases.versions.changes import changed_fields
from cases.versions.models import PublishedVersion
from cases.versions.snapshot import digest_of, snapshot_of
from core.withdrawals import active

if TYPE_CHECKING:
    from accounts.models import User

SCHEDULED: Final = "wagtail.publish.schedule"


@dataclass(frozen=True, slots=True)
class _People:
    approver: Any
    submitter: Any
    ethics: Any = None


class WithdrawnError(PermissionDenied):
    """An entry was to go live while its withdrawal is in force."""

    def __init__(self, reference: str) -> None:
        super().__init__(_("%(reference)s is withdrawn: an editor has to restore it first.") % {"reference": reference})


@contextmanager
def publication(page: EntryPage) -> Iterator[None]:
    """One transaction in which a page is published and its version written; publications of a page wait in turn."""
    with transaction.atomic():
        Page.objects.select_for_update().filter(pk=page.pk).values_list("pk").first()
        if active(page.translation_key):
            raise WithdrawnError(page.reference)
        yield


def record(entry: EntryPage, revision: Revision, user: User | None, note: str = "") -> PublishedVersion | None:
    """Write the version of the revision that just went live; `entry` is what the revision holds.

    None for a revision that is only scheduled, and for one that has its version already: what is published again
    is the same version. Call inside `publication`.
    """
    page = Page.objects.filter(pk=entry.pk, live=True, live_revision=revision).first()
    if page is None or is_published(revision):
        return None
    people, before = _people(revision, user), latest(entry.pk)
    snapshot = snapshot_of(entry, revision)
    if not entry.original_id:
        renew(entry.pk, people.approver)
    return PublishedVersion.objects.create(
        entry_id=entry.pk,
        number=before.number + 1 if before else 1,
        changed_fields=changed_fields(type(entry), before.revision.content, revision.content) if before else [],
        revision=revision,
        source_version=latest(entry.original_id) if entry.original_id else None,
        title=entry.title,
        snapshot=snapshot,
        digest=digest_of(snapshot),
        published_at=page.last_published_at,
        approved_by=people.approver,
        submitted_by=people.submitter,
        ethics_approved_by=people.ethics,
        change_note=note,
    )


def is_published(revision: Revision | None) -> bool:
    """Whether the public has seen this revision: then nothing may overwrite it."""
    return revision is not None and PublishedVersion.objects.filter(revision=revision).exists()


def latest(entry_id: int) -> PublishedVersion | None:
    """The newest version of a page."""
    return PublishedVersion.objects.filter(entry=entry_id).select_related("revision").order_by("-number").first()


def _people(revision: Revision, user: User | None) -> _People:
    """Who answers for the publication: who approved, else the account that published, else who scheduled it."""
    clearances = Clearance.objects.filter(revision=revision)
    clearance = clearances.select_related("editor", "ethics", "submission__submitted_by").first()
    if clearance is None:
        return _People(user or _who_scheduled(revision), revision.user)
    submitter = clearance.submission.submitted_by if clearance.submission else None
    approver = clearance.editor or user or _who_scheduled(revision)
    return _People(approver, submitter or revision.user, clearance.ethics)


def _who_scheduled(revision: Revision) -> Any:
    entries = PageLogEntry.objects.filter(action=SCHEDULED, revision=revision).order_by("-timestamp", "-pk")
    entry = entries.select_related("user").first()
    return entry.user if entry else None
