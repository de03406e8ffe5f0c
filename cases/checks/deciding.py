"""What a moderator says of a finding: it may stay, or it must go. Never somebody who wrote the entry."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.log_actions import LogActionRegistry, log

from cases.checks.detect import scan
from cases.checks.looking import regions_of
from cases.models import EntryPage
from cases.models.findings import Finding
from cases.people import is_moderator
from cases.workflow.authors import authors
from cases.workflow.models import Submission

ACTIONS: Final = {
    Finding.State.ACCEPTED: "cases.finding.accept",
    Finding.State.REFUSED: "cases.finding.refuse",
    Finding.State.OPEN: "cases.finding.reopen",
}
SHORTEST_REASON, LONGEST_REASON = 3, 500


def may_decide(user: Any, entry: EntryPage) -> bool:
    """Whether this person may settle findings of the entry: a moderator, but nobody who wrote what is decided on."""
    return is_moderator(user) and not has_written(user, entry)


def has_written(user: Any, entry: EntryPage) -> bool:
    """Whether this person began the entry, submitted it, or saved a draft since one was last approved."""
    submitted = Submission.objects.running().filter(entry=entry.pk, submitters=user.pk)
    return entry.owner_id == user.pk or user.pk in authors(entry.pk) or submitted.exists()


@transaction.atomic
def decide(entry: EntryPage, keys: Collection[str], state: str, reason: str, user: Any) -> int:
    """Settle the findings with these keys, or open them again, and return how many changed.

    Raises `PermissionDenied` for people who may not, `ValidationError` for a reason that is none or that repeats what
    was found.
    """
    if not may_decide(user, entry):
        raise PermissionDenied
    wanted = Finding.State(state)
    reason = "" if wanted == Finding.State.OPEN else checked_reason(reason, entry)
    rows = Finding.objects.select_for_update().filter(entry_id=entry.pk, key__in=keys).exclude(state=wanted)
    changed = list(rows.order_by("pk"))
    for row in changed:
        row.state, row.reason = wanted, reason
        row.decided_by, row.decided_at = user, timezone.now()
        row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
        data = {"kind": row.kind, "field": row.field, "excerpt": row.excerpt, "reason": reason}
        log(instance=entry, action=ACTIONS[wanted], user=user, data=data)
    return len(changed)


def checked_reason(reason: str, entry: EntryPage) -> str:
    """The reason, tidied. Raises `ValidationError`."""
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise ValidationError(_("Write the reason: it stays with the finding, and the authors read it."))
    if len(reason) > LONGEST_REASON:
        raise ValidationError(_("The reason may have at most %(maximum)s characters.") % {"maximum": LONGEST_REASON})
    if scan(reason, regions_of(entry)):
        raise ValidationError(_("The reason repeats personal data: describe them in other words."))
    return reason


def register_log_actions(actions: LogActionRegistry) -> None:
    """Name the decisions for the entry's history."""
    actions.register_action("cases.finding.accept", _("Accept a finding"), _("Accepted what a check had found"))
    actions.register_action("cases.finding.refuse", _("Refuse a finding"), _("Asked to remove what a check had found"))
    actions.register_action("cases.finding.reopen", _("Reopen a finding"), _("Took a verdict on a finding back"))
