"""The years of a case: when it began, what its data were used for, what was written, when it was published here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import OfficialUse, Source
from cases.reading.texts import NO_TEXT, Text

if TYPE_CHECKING:
    from cases.reading.case import CaseView

LEAST: Final = 2
"""Years of the initiative that make a line: a single one stands among the facts already."""
Dated = tuple[int, "Event"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: what kind of thing, which one, and what more there is to say."""

    label: str | Promise
    text: Text = NO_TEXT
    note: Text = NO_TEXT
    link: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """All that happened in one year."""

    year: int
    events: tuple[Event, ...]


def of_case(view: CaseView) -> tuple[Year, ...]:
    """The years in order; none where the initiative itself has only one to tell."""
    source = view.source
    own = [*_first(source), *_used(view), *_written(view), *_last(source)]
    if len({year for year, _event in own}) < LEAST:
        return ()
    years: dict[int, list[Event]] = {}
    for year, event in (*own, *_published(view.entry)):
        years.setdefault(year, []).append(event)
    return tuple(Year(year, tuple(years[year])) for year in sorted(years))


def _first(source: Any) -> Iterator[Dated]:
    if source.start_year is not None:
        yield source.start_year, Event(source._meta.get_field("start_year").verbose_name)


def _last(source: Any) -> Iterator[Dated]:
    if source.end_year is not None:
        yield source.end_year, Event(source._meta.get_field("end_year").verbose_name)


def _used(view: CaseView) -> Iterator[Dated]:
    label = str(OfficialUse._meta.verbose_name)
    for use in view.uses:
        if use.year is not None:
            yield use.year, Event(label, Text(use.use.text, use.use.language), use.evidence, use.link)


def _written(view: CaseView) -> Iterator[Dated]:
    label = str(Source._meta.verbose_name)
    for source in view.sources:
        if source.year is not None:
            yield source.year, Event(label, source.title, source.publisher, source.link)


def _published(entry: Any) -> Iterable[Dated]:
    """When the entry was published here first, and its newest version; a preview has neither."""
    first, last = entry.first_published_at, entry.last_published_at
    number = getattr(entry, "version_number", None)
    found: list[tuple[datetime, str | Promise]] = [(first, _("First publication here"))] if first else []
    if last and number and number > 1:
        found.append((last, gettext("Version %(number)s") % {"number": number}))
    return [_on(moment, label) for moment, label in found]


def _on(moment: datetime, label: str | Promise) -> Dated:
    day = timezone.localtime(moment).date()
    return day.year, Event(label, day=day)
