"""The one door through which entries go live: a revision with a clearance passes, anything else does not.

A clearance is written when the workflow ends well (`cases.workflow.finish`), or by code that publishes for a named
reason: demo content, a restoration, tests. Whoever calls `revision.publish()` (bulk actions, schedules, commands, the
shell) meets the rule in `EntryPage.publish`; what goes past that method (copies that stay live, aliases made pages,
Wagtail's own action) meets it in `EntryPage.save`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from wagtail.models import Revision

    from accounts.models import User
    from cases.models import EntryPage
    from cases.workflow.models import Clearance

LIVE_FIELDS = frozenset({"live", "live_revision", "live_revision_id", "alias_of", "alias_of_id"})


class NotCleared(PermissionDenied):
    """An entry was to go live past the workflow."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Entries are published by approval only: submit the entry. "
                "(Code that publishes for another reason calls cases.workflow.door.publish.)"
            )
        )


@transaction.atomic
def publish(revision: Revision, reason: str, user: User | None = None, **kwargs: Any) -> Any:
    """Publish `revision` of an entry without moderation, for a `reason` that stays on record; gaps are refused still.

    Not for what people ask for in the admin: that is submitted, approved, and published by the workflow.
    """
    clear(revision, reason, editor=user)
    return revision.publish(user=user, skip_permission_checks=True, **kwargs)


def clear(revision: Revision, reason: str, **more: Any) -> Clearance:
    """Say that `revision` may go live; an earlier clearance of the same revision is replaced."""
    from cases.workflow.models import Clearance

    values = {"reason": reason, "entry_id": int(revision.object_id), "trouble": "", **more}
    return Clearance.objects.update_or_create(revision=revision, defaults=values)[0]


def revoke(revision: Revision) -> None:
    """Take the clearance back, as when a schedule is cancelled: the revision has to be approved again."""
    from cases.workflow.models import Clearance

    Clearance.objects.filter(revision=revision).delete()


def refuse_uncleared(entry_id: int | None, revision_id: int | None) -> None:
    """Raise `NotCleared` unless the revision of that entry may go live: a copy does not inherit what was said."""
    from cases.workflow.models import Clearance

    if entry_id is None or revision_id is None:
        raise NotCleared
    if not Clearance.objects.filter(revision=revision_id, entry=entry_id).exists():
        raise NotCleared


def guard(entry: EntryPage, update_fields: Any = None) -> None:
    """Called before an entry is saved: raise `NotCleared` when that would make something live that is not cleared.

    Aliases mirror a page that passed.
    """
    if not entry.live or entry.alias_of_id or (update_fields is not None and not LIVE_FIELDS & {*update_fields}):
        return
    if not _is_live_already(entry):
        refuse_uncleared(entry.pk, entry.live_revision_id)


def _is_live_already(entry: EntryPage) -> bool:
    stored = type(entry)._default_manager.filter(pk=entry.pk, live=True, alias_of=None)
    return bool(stored.filter(live_revision=entry.live_revision_id).exists())
