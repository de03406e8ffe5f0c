"""Who may withdraw, restore and publish again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import people
from cases.gates import Gap, Moment, gaps
from cases.models import PublishedVersion
from core.withdrawals import active

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cases.models import EntryPage
    from core.models import Withdrawal

VOCABULARY: Final = "withdrawal_reasons"
CONSENT: Final = frozenset({"community-consent-revoked", "individual-consent-revoked"})
"""Reasons that take away the ground on which the entry stood: it is never simply put back."""
GRAVE: Final = CONSENT | {"risk-to-people", "personal-data-exposed"}
"""Reasons of which ethics moderators are told too, and which are sensitive themselves."""


def may_withdraw(user: Any, entry: EntryPage) -> bool:
    """Members of the team to which the entry belongs, and editors. Co-author teams ask the team or an editor."""
    return entry.team_id in people.teams_of(user) or people.is_editor(user)


def may_restore(user: Any) -> bool:
    """Editors."""
    return people.is_editor(user)


def may_see(user: Any, team_id: int | None) -> bool:
    """Moderators, and the team whose entry it was."""
    return people.is_moderator(user) or (team_id is not None and team_id in people.teams_of(user))


def withdrawn_gap(entry: EntryPage) -> Iterator[Gap]:
    """A rule of `cases.gates`; asks the database only of what was public once and is not now."""
    if entry.first_published_at and not entry.live and active(entry.translation_key):
        yield Gap("", _("The entry is withdrawn: an editor has to restore it first."))


def undone_until(withdrawal: Withdrawal) -> Any:
    """Until when a mistaken withdrawal can be undone in one go."""
    return withdrawal.withdrawn_at + timedelta(days=settings.WITHDRAWAL_UNDO_DAYS)


def last_versions(withdrawal: Withdrawal) -> list[PublishedVersion]:
    """The newest version of each page that was live, the original first."""
    rows = PublishedVersion.objects.filter(entry__in=withdrawal.pages)
    rows = rows.select_related("revision", "entry", "source_version").order_by("entry", "-number")
    newest: dict[int, PublishedVersion] = {}
    for row in rows.defer("snapshot", "source_version__snapshot"):
        newest.setdefault(row.entry_id, row)
    return sorted(newest.values(), key=lambda row: (row.entry.original_id is not None, row.entry_id))


def obstacle(user: Any, withdrawal: Withdrawal, versions: Iterable[PublishedVersion]) -> str:
    """Why this person may not publish again just what was live; empty when nothing stands against it."""
    checks = (
        (withdrawal.restored_at is not None, _("The entry was restored already.")),
        (not may_restore(user), _("Only an editor may do this.")),
        (
            withdrawal.withdrawn_by_id == user.pk,
            _("Somebody else has to decide this: you withdrew the entry yourself."),
        ),
        (withdrawal.reason in CONSENT, _("Consent was taken back: the entry has to go through moderation again.")),
        (timezone.now() > undone_until(withdrawal), _("Too long ago: the entry has to go through moderation again.")),
    )
    found = next((text for applies, text in checks if applies), "")
    return found or _unfit(withdrawal, list(versions))


def _unfit(withdrawal: Withdrawal, versions: list[PublishedVersion]) -> str:
    if not versions or {row.entry_id for row in versions} != set(withdrawal.pages):
        return _("There is no record of what was live: the entry has to go through moderation again.")
    if any(row.is_closed for row in versions):
        return _("The last version was closed: the entry has to go through moderation again.")
    if any(_has_gaps(row) for row in versions):
        return _("By the rules of today something is missing: the entry has to go through moderation again.")
    return ""


def _has_gaps(row: PublishedVersion) -> bool:
    """Gaps other than the withdrawal itself."""
    return any(gap.field for gap in gaps(row.revision.as_object(), Moment.PUBLISHING))
