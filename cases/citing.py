"""How to cite an entry."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
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


def authors(team: CountryTeam) -> str:
    """The team as an author: the lead organisation of a case did not write the entry."""
    if team.code == INTERNATIONAL:
        return team.name
    return _("Country team %(name)s") % {"name": team.name}
