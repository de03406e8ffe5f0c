"""Doing a bulk action item by item, and undoing it as a whole."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.log_actions import LogContext, log

from cases.desk.bulk.actions import BulkRefusedError, State, Values, Work, work_named, works
from cases.desk.bulk.models import BulkGroup, BulkItem
from cases.gates import GapsRemain
from cases.models import EntryPage

MOST: Final = 100
UNDO: Final = "cases.bulk.undo"
REASON_LENGTH: Final = 500


class UndoRefusedError(BulkRefusedError):
    """Nothing was undone; `changed` names the entries that somebody changed since."""

    def __init__(self, message: str, changed: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.changed = tuple(changed)


@transaction.atomic
def run(work: Work, user: Any, keys: Sequence[int], values: Values, key: uuid.UUID | None = None) -> BulkGroup:
    """Do it to each item that allows it and note what became of each; what is refused changes nothing.

    `key` comes from the form: the same form sent twice is done once. Raises `BulkRefusedError` for too many items or
    somebody who may not.
    """
    if not work.may(user):
        raise BulkRefusedError(_("You may not do this."))
    if len(keys) > MOST:
        raise BulkRefusedError(_("Choose at most %(most)d entries at a time.") % {"most": MOST})
    group = _begin(work, user, values, key)
    if group.items.exists():
        return group
    with _logged_as(group, user):
        items = [_do(work, user, item, values) for item in work.lock(sorted(set(keys)))]
    for item in items:
        item.group = group
    BulkItem.objects.bulk_create(items)
    return group


@transaction.atomic
def undo(group: BulkGroup, user: Any) -> None:
    """Bring all items back to what they were, or none. Raises `UndoRefusedError` with the names of those in the way."""
    group = BulkGroup.objects.select_for_update().get(pk=group.pk)
    work = work_named(group.action)
    if not work.may_undo(user, group.user):
        raise UndoRefusedError(_("You may not undo this."))
    if group.undone_at is not None:
        raise UndoRefusedError(_("This was undone already."))
    done = {item.target: item for item in group.items.all() if item.done}
    if not done:
        raise UndoRefusedError(_("Nothing was done that could be undone."))
    found = {item.pk: item for item in work.lock(sorted(done))}
    changed = [item.label for target, item in done.items() if not _is_as_left(work, found.get(target), item.after)]
    if changed:
        raise UndoRefusedError(_("Nothing was undone: somebody has changed these entries since."), changed)
    with _logged_as(group, user):
        for target in reversed(done):
            _restore(work, user, found[target], done[target].before)
    _follow(work, group, done)
    BulkGroup.objects.filter(pk=group.pk).update(undone_at=timezone.now(), undone_by=user)


def _begin(work: Work, user: Any, values: Values, key: uuid.UUID | None) -> BulkGroup:
    key = key or uuid.uuid4()
    defaults = {"action": work.name, "user": user, "details": work.details(values)[:REASON_LENGTH]}
    group, made = BulkGroup.objects.get_or_create(key=key, defaults=defaults)
    if not made and (group.user_id, group.action) != (user.pk, work.name):
        raise BulkRefusedError(_("The form is not yours. Begin again."))
    return group


def _do(work: Work, user: Any, item: Any, values: Values) -> BulkItem:
    entry = work.entry_of(item)
    report = BulkItem(entry_id=entry.pk, target=item.pk, label=_label(entry))
    report.before = work.state(item)
    try:
        with transaction.atomic():
            if reason := work.refusal(user, item):
                raise BulkRefusedError(reason)
            work.apply(user, item, values)
            if work.log_action:
                log(entry.specific_deferred, work.log_action, user=user, data={"details": work.details(values)})
    except (PermissionDenied, ValidationError, ValueError, IntegrityError) as error:
        report.refused = reason_of(error)[:REASON_LENGTH]
        report.before = {}
    else:
        report.after = _state_now(work, item.pk)
    return report


def _restore(work: Work, user: Any, item: Any, before: State) -> None:
    entry = work.entry_of(item)
    try:
        work.restore(user, item, before)
    except (PermissionDenied, ValidationError, ValueError) as error:
        raise UndoRefusedError(
            _("Nothing was undone: %(reason)s") % {"reason": reason_of(error)}, [_label(entry)]
        ) from error
    log(entry.specific_deferred, UNDO, user=user, data={"action": work.name})


def _follow(work: Work, group: BulkGroup, done: Mapping[int, BulkItem]) -> None:
    """Let earlier actions be undone in their turn: what they left is there again, though drafts have new keys."""
    now = {item.pk: work.state(item) for item in work.read(sorted(done))}
    names = [other.name for other in works() if other.model is work.model]
    earlier = BulkItem.objects.filter(target__in=now, group__action__in=names, group__undone_at=None, refused="")
    same = [
        item
        for item in earlier.exclude(group=group)
        if work.compared(item.after) == work.compared(done[item.target].before)
    ]
    for item in same:
        item.after = now[item.target]
    BulkItem.objects.bulk_update(same, ["after"])


def _state_now(work: Work, key: int) -> State:
    return next((work.state(item) for item in work.read([key])), {})


def _is_as_left(work: Work, item: Any, after: State) -> bool:
    return item is not None and work.compared(work.state(item)) == work.compared(after)


@contextmanager
def _logged_as(group: BulkGroup, user: Any) -> Iterator[None]:
    """Give every line of the log that is written meanwhile the key of the group."""
    context = LogContext(user=user, generate_uuid=False)
    context.uuid = group.key
    with context:
        yield


def reason_of(error: Exception) -> str:
    """The text of a refusal for people; an error without one says nothing of its insides."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, GapsRemain):
        return " ".join([_("The entry has gaps:"), *(str(gap.message) for gap in error.gaps)])
    return str(error) or _("It cannot be done.")


def _label(entry: EntryPage) -> str:
    return str(entry.get_admin_display_title())[:255]
