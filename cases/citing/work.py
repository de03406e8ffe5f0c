"""What there is to cite: an entry as it stands, or one published version of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import addresses
from cases.models import CountryTeam, EntryPage
from cases.models.teams import INTERNATIONAL
from cases.term_fields import Kind

_SCRIPT_LENGTH: Final = 4


@dataclass(frozen=True, slots=True)
class Work:
    """One thing to cite. `version` is empty for the entry itself, whose address always shows its newest state."""

    kind: Kind
    kind_name: str
    title: str
    summary: str
    authors: tuple[str, ...]
    reference: str
    publisher: str
    address: str
    language: str
    issued: date
    licence: str
    keywords: tuple[str, ...] = ()
    doi: str = ""
    version: int | None = None

    @property
    def heading(self) -> str:
        """The title without a full stop: each style sets its own."""
        return self.title.rstrip(". ")

    @property
    def author(self) -> str:
        """All authors in one line."""
        return ", ".join(self.authors)


def work_of(entry: EntryPage) -> Work:
    """The entry as it stands; the year is that of its first publication."""
    published = entry.first_published_at or timezone.now()
    return _work(entry, addresses.permanent(entry.reference), published)


def work_of_version(entry: EntryPage, number: int, published_at: datetime) -> Work:
    """What one published version says; `entry` holds what was published then."""
    return _work(entry, version_address(entry, number), published_at, number)


def version_address(entry: EntryPage, number: int) -> str:
    """Where a version is found for good."""
    return addresses.permanent_version(entry.reference, entry.locale.language_code, number)


def authors(team: CountryTeam) -> str:
    """The team as an author: the lead organisation of a case did not write the entry."""
    if team.code == INTERNATIONAL:
        return team.name
    return _("Country team %(name)s") % {"name": team.name}


def language_tag(code: str) -> str:
    """The language as standards write it: `zh-Hans`, not `zh-hans`."""
    first, *others = code.split("-")
    return "-".join([first, *(part.title() if len(part) == _SCRIPT_LENGTH else part.upper() for part in others)])


def _work(entry: EntryPage, address: str, published: datetime, version: int | None = None) -> Work:
    source = entry.source
    licence = source.chosen_one("licence")
    return Work(
        kind=entry.kind,
        kind_name=_("Case study") if entry.kind == "case" else _("Method"),
        title=entry.title,
        summary=entry.summary or source.summary,
        # The preview of an entry that was never saved knows no team yet.
        authors=(authors(entry.team),) if entry.team_id else (),
        reference=entry.reference,
        publisher=settings.WAGTAIL_SITE_NAME,
        address=address,
        language=language_tag(entry.locale.language_code),
        issued=timezone.localdate(published),
        licence=str(licence.label()) if licence else "",
        keywords=tuple(str(term.label()) for term in source.chosen("themes")),
        doi=source.doi,
        version=version,
    )
