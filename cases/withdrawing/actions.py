"""Withdrawing, restoring, and undoing a mistaken withdrawal: each in one transaction, logged, and told by mail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.log_actions import LogActionRegistry, log

from cases import people
from cases.models import EntryPage
from cases.terms import current_terms
from cases.withdrawing import rules
from cases.workflow import door
from core import mailing, withdrawals
from core.models import Withdrawal

if TYPE_CHECKING:
    from accounts.models import User

WITHDRAW: Final = "cases.withdraw"
RESTORE: Final = "cases.restore"
REPUBLISH: Final = "cases.republish"
MAIL: Final = "withdrawal"
RESTORED_MAIL: Final = "restoration"


class UnwithdrawableError(PermissionDenied):
    """It cannot be done; the text says why."""


@transaction.atomic
def withdraw(entry: EntryPage, user: User, reason: str, **told: str) -> Withdrawal:
    """Take back an entry with all its languages, at once; ends what is being moderated of it.

    `told` are values of `core.withdrawals.Tombstone`. Raises `UnwithdrawableError`.
    """
    if not rules.may_withdraw(user, entry):
        raise UnwithdrawableError(_("Only the team and editors may withdraw this entry."))
    try:
        withdrawal = withdrawals.withdraw(
            entry, reason=reason, by=user, reference=entry.reference, contact=entry.team.contact, **told
        )
    except withdrawals.NotWithdrawableError as error:
        raise UnwithdrawableError(_("The entry is not published, or it is withdrawn already.")) from error
    for page in pages_of(withdrawal):
        if state := page.current_workflow_state:
            state.cancel(user=user)
        log(instance=page, action=WITHDRAW, user=user, data={"reason": reason, "withdrawal": withdrawal.pk})
    grave = reason in rules.GRAVE
    _tell(MAIL, entry, user, withdrawal, [*people.ethics_moderators()] if grave else [])
    return withdrawal


@transaction.atomic
def restore(withdrawal: Withdrawal, user: User) -> None:
    """Lift a withdrawal: the entry becomes a draft that goes through moderation. Raises `UnwithdrawableError`."""
    _lock(withdrawal)
    if not rules.may_restore(user):
        raise UnwithdrawableError(_("Only an editor may restore an entry."))
    _lift(withdrawal, user, RESTORE)


@transaction.atomic
def republish(withdrawal: Withdrawal, user: User) -> None:
    """Undo a mistaken withdrawal: publish exactly what was live, which was approved. Raises `UnwithdrawableError`."""
    _lock(withdrawal)
    versions = rules.last_versions(withdrawal)
    if reason := rules.obstacle(user, withdrawal, versions):
        raise UnwithdrawableError(reason)
    withdrawal.republished = True
    _lift(withdrawal, user, REPUBLISH)
    for version in versions:
        door.publish(version.revision, f"withdrawal {withdrawal.pk} undone", user)


def pages_of(withdrawal: Withdrawal) -> list[EntryPage]:
    """All pages of the entry, the original first."""
    rows = EntryPage.objects.filter(translation_key=withdrawal.translation_key, alias_of=None)
    pages: Iterable[EntryPage] = rows.select_related("team", "locale").specific()
    return sorted(pages, key=lambda page: (page.is_translation, page.pk))


def reason_labels(code: str) -> dict[str, str]:
    """The labels of a reason by language."""
    term = current_terms().find(rules.VOCABULARY, code)
    return dict(term.labels) if term else {"en": code}


def reason_label(code: str) -> Any:
    """The label of a reason in the active language."""
    term = current_terms().find(rules.VOCABULARY, code)
    return term.label() if term else code


def register_log_actions(actions: LogActionRegistry) -> None:
    """Name these actions in the history; a `register_log_actions` hook."""
    actions.register_action(WITHDRAW, _("Withdraw"), _("Withdrew the entry with all its languages"))
    actions.register_action(RESTORE, _("Restore"), _("Restored the withdrawn entry as a draft"))
    actions.register_action(REPUBLISH, _("Undo withdrawal"), _("Published again what was live before the withdrawal"))


def _lock(withdrawal: Withdrawal) -> None:
    """Two editors cannot lift the same withdrawal."""
    locked = Withdrawal.objects.select_for_update().get(pk=withdrawal.pk)
    if locked.restored_at is not None:
        raise UnwithdrawableError(_("The entry was restored already."))


def _lift(withdrawal: Withdrawal, user: User, action: str) -> None:
    withdrawals.restore(withdrawal, by=user)
    withdrawal.save(update_fields=["republished"])
    pages = pages_of(withdrawal)
    for page in pages:
        log(instance=page, action=action, user=user, data={"withdrawal": withdrawal.pk})
    if pages:
        _tell(RESTORED_MAIL, pages[0], user, withdrawal, [])


def _tell(kind: str, entry: EntryPage, user: User, withdrawal: Withdrawal, others: Iterable[User]) -> None:
    """Mail the team and the editors, each once, and not the person who did it."""
    every = {account.pk: account for account in [*people.members(entry.team), *people.editors(), *others]}
    every.pop(user.pk, None)
    context = {
        "title": entry.title,
        "reference": entry.reference,
        "person": str(user),
        "reason": reason_labels(withdrawal.reason),
        "note": withdrawal.note,
        "republished": withdrawal.republished,
        "link": mailing.absolute(reverse("withdrawal", args=[withdrawal.pk])),
    }
    mailing.send(kind, every.values(), context, about=entry.reference)
