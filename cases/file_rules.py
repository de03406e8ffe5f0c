"""Who may read a file that belongs to an entry: its own access level decides, not the page on which it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef

from cases import people
from cases.models import Attachment, CaseStudyPage, EntryPage
from cases.terms import current_terms
from core.models import File, Picture
from core.visibility import findable

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

PUBLIC_LEVELS: Final = frozenset({"public", "public-aggregate"})


@dataclass(frozen=True)
class Reader:
    """The person who asks, signed in or not."""

    user: User | AnonymousUser

    @property
    def signed_in(self) -> bool:
        """Whether this is an active account."""
        return self.user.is_authenticated and self.user.is_active

    def is_insider(self, entry: EntryPage) -> bool:
        """Whether the person belongs to a team that writes the entry, moderates or administers."""
        return people.is_moderator(self.user) or people.is_of_team(self.user, entry)

    def may_read(self, level: str, public_from: date | None, entry: EntryPage) -> bool:
        """Whether a published attachment with this access level (code) may be read; an unknown level is closed."""
        if level in PUBLIC_LEVELS or (level == "embargoed" and _has_begun(public_from)):
            return True
        if level == "members" and self.signed_in:
            return True
        return self.is_insider(entry)


def _has_begun(public_from: date | None) -> bool:
    return public_from is not None and public_from <= datetime.now(UTC).date()


def attachment_rule(file: File | Picture, user: User | AnonymousUser) -> bool | None:
    """Decide on a file that is attached to an entry or records a consent; None for any other file.

    A published attachment is open as its level says; that of a draft, and each record of consent, to the team and
    to moderators. A file with several uses is open when one of them is, but a record of consent stays a record.
    """
    if not isinstance(file, File):
        return None
    reader = Reader(user)
    verdicts = list(_as_record(file, reader)) or list(_as_attachment(file, reader))
    return any(verdicts) if verdicts else None


def _as_attachment(file: File, reader: Reader) -> Iterator[bool]:
    published = findable(EntryPage.objects.filter(pk=OuterRef("entry_id")))
    rows = Attachment.objects.filter(file=file).select_related("entry").annotate(published=Exists(published))
    for row in rows:
        level = current_terms().resolve(row.access_level_id).code
        yield reader.may_read(level, row.public_from, row.entry) if row.published else reader.is_insider(row.entry)


def _as_record(file: File, reader: Reader) -> Iterator[bool]:
    for case in CaseStudyPage.objects.filter(consent_record=file).only("team_id", "translation_key"):
        yield reader.is_insider(case)
