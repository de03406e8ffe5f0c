"""The lists “Broken links” and “Pictures without words”: what teams should mend in what is public already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn

import django_filters

from cases.checks import broken_links, pictures_without_words
from cases.checks.reports import BrokenLink, UnwordedPicture
from cases.desk.columns import EntryColumn
from cases.desk.lists import RowList, list_url
from cases.desk.registry import Figure
from cases.models import CountryTeam, Term
from core.text import fold

FIELDS: Final[Mapping[str, str | Promise]] = {
    "sources": _("Sources"),
    "official_uses": _("Official uses"),
    "cover": _("Cover picture"),
    "story": _("Story"),
}


class MendingFilterSet(WagtailFilterSet):
    """By team, and by words of the entry's title or reference."""

    words = django_filters.CharFilter(label=_("Title or reference"))
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=CountryTeam.objects.order_by("name"))

    class Meta:
        model = Term
        fields: ClassVar[list[str]] = []


class MendingList(RowList):
    """Rows that each name an entry."""

    filterset_class = MendingFilterSet

    def found(self) -> Iterable[Any]:
        """All rows."""
        raise NotImplementedError

    def rows(self) -> Sequence[Any]:
        words, team = fold(self.chosen("words")), self.chosen("team")
        return [
            row
            for row in self.found()
            if (not team or row.entry.team_id == team.pk)
            and words in fold(f"{row.entry.draft_title} {row.entry.reference}")
        ]


def _entry(row: Any) -> Any:
    return row.entry


def _title(row: Any) -> str:
    return fold(row.entry.draft_title)


def _field(row: Any) -> str:
    return str(FIELDS.get(row.field, row.field))


def problem_of(row: BrokenLink) -> str:
    """The answer of the server, in its number or in words."""
    return " ".join(str(part) for part in (row.code, row.problem) if part)


def picture_url(row: UnwordedPicture) -> str:
    """Where the picture's words are written."""
    return reverse("wagtailimages:edit", args=[row.picture.pk])


class BrokenLinksList(MendingList):
    """Links of public entries that failed again and again."""

    name = "broken-links"
    page_title = _("Broken links")
    header_icon = "link"
    nothing = _("No link of a published entry is known to be broken.")
    explanation = _("Links of sources and official uses in published entries that failed twice in a row or more.")
    orders = {"title": _title, "url": lambda row: row.url, "since": lambda row: str(row.broken_since or "")}
    columns: ClassVar[list[BaseColumn]] = [
        EntryColumn("title", label=_("Entry"), accessor="url", entry=_entry, sort_key="title"),
        Column("team", label=_("Team"), accessor="entry.team"),
        Column("field", label=_("Where"), accessor=_field),
        TitleColumn(
            "url", label=_("Link"), get_url=lambda row: row.url, sort_key="url", link_attrs={"rel": "noreferrer"}
        ),
        Column("problem", label=_("Problem"), accessor=problem_of),
        DateColumn("broken_since", label=_("Since"), sort_key="since"),
    ]
    export_headings: ClassVar[dict[str, str | Promise]] = {
        "reference": _("Reference"),
        "entry": _("Entry"),
        "team": _("Team"),
        "field": _("Where"),
        "title": _("Title"),
        "url": _("Link"),
        "problem": _("Problem"),
        "since": _("Since"),
        "checked": _("Last checked"),
    }
    list_export = list(export_headings)

    def found(self) -> Iterable[BrokenLink]:
        return broken_links()

    def to_row_dict(self, item: BrokenLink) -> dict[str, Any]:
        return {
            "reference": item.entry.reference,
            "entry": item.entry.draft_title,
            "team": item.entry.team.name,
            "field": _field(item),
            "title": item.title,
            "url": item.url,
            "problem": problem_of(item),
            "since": item.broken_since,
            "checked": item.checked_at,
        }


class UnwordedList(MendingList):
    """Pictures of public entries that say nothing to those who cannot see them."""

    name = "alt-texts"
    page_title = _("Pictures without words")
    header_icon = "image"
    nothing = _("Every picture of a published entry has an alternative text.")
    explanation = _("Pictures in published entries that have no alternative text and are not said to be decoration.")
    orders = {"title": _title, "picture": lambda row: fold(row.picture.title)}
    columns: ClassVar[list[BaseColumn]] = [
        TitleColumn("picture", label=_("Picture"), accessor="picture.title", get_url=picture_url, sort_key="picture"),
        EntryColumn("title", label=_("Entry"), accessor="field", entry=_entry, sort_key="title"),
        Column("team", label=_("Team"), accessor="entry.team"),
        Column("language", label=_("Language"), accessor="entry.locale.language_code"),
        Column("field", label=_("Where"), accessor=_field),
    ]
    export_headings: ClassVar[dict[str, str | Promise]] = {
        "picture": _("Picture"),
        "reference": _("Reference"),
        "entry": _("Entry"),
        "team": _("Team"),
        "language": _("Language"),
        "field": _("Where"),
    }
    list_export = list(export_headings)

    def found(self) -> Iterable[UnwordedPicture]:
        return pictures_without_words()

    def to_row_dict(self, item: UnwordedPicture) -> dict[str, Any]:
        return {
            "picture": item.picture.title,
            "reference": item.entry.reference,
            "entry": item.entry.draft_title,
            "team": item.entry.team.name,
            "language": item.entry.locale.language_code,
            "field": _field(item),
        }


def link_figures(_user: Any) -> Iterator[Figure]:
    """How many links are broken."""
    yield Figure(len(broken_links()), _("broken links in published entries"), list_url(BrokenLinksList), pressing=True)


def picture_figures(_user: Any) -> Iterator[Figure]:
    """How many pictures lack words."""
    yield Figure(
        len(pictures_without_words()), _("pictures without alternative text"), list_url(UnwordedList), pressing=True
    )
