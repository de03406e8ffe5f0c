"""How to cite an entry."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases import addresses
from cases.models import CountryTeam, EntryPage
from cases.models.teams import INTERNATIONAL


def citation(entry: EntryPage) -> str:
    """One line: authors (year of first publication). Title. Repository, reference. Permanent address."""
    published = entry.first_published_at or timezone.now()
    title, address = entry.title.rstrip("."), addresses.permanent(entry.reference)
    place = f"{settings.WAGTAIL_SITE_NAME}, {entry.reference}"
    return f"{authors(entry.team)} ({published.year}). {title}. {place}. {address}"


def version_citation(entry: EntryPage, number: int, published_at: datetime) -> str:
    """The same for what one published version says; `entry` holds what was published then."""
    title, address = entry.title.rstrip("."), version_address(entry, number)
    version = _("Version %(number)s, %(day)s") % {
        "number": number,
        "day": date_format(timezone.localtime(published_at), "DATE_FORMAT"),
    }
    place = f"{settings.WAGTAIL_SITE_NAME}, {entry.reference}"
    return f"{authors(entry.team)} ({published_at.year}). {title}. {version}. {place}. {address}"


def version_address(entry: EntryPage, number: int) -> str:
    """Where a version is found for good."""
    return addresses.permanent_version(entry.reference, entry.locale.language_code, number)


def authors(team: CountryTeam) -> str:
    """The team as an author: the lead organisation of a case did not write the entry."""
    if team.code == INTERNATIONAL:
        return team.name
    return _("Country team %(name)s") % {"name": team.name}
