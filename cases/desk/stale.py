"""The list “Due for review”: published entries whose review date has passed, or soon will."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Final

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn, Column

import django_filters

from cases.desk.columns import EntryColumn, NumberColumn
from cases.desk.entries import EntriesFilterSet, countries_of
from cases.desk.lists import DeskList, list_url
from cases.desk.registry import Figure
from cases.models import EntryPage
from cases.review_dates.dates import due_within, stale, today

SOON, SOON_DAYS = "soon", 60
COLUMNS: Final = {
    "title": "draft_title",
    "team": "team__name",
    "due": "review__due_on",
    "checked": "review__checked_on",
}


class StaleFilterSet(EntriesFilterSet):
    """By what entries are filtered by, and by how near the date is."""

    when = django_filters.ChoiceFilter(
        label=_("Review date"), choices=[(SOON, _("Passed, or within 60 days"))], method="at", widget=forms.RadioSelect
    )

    def at(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        """The list itself begins with one or the other."""
        return rows


class StaleList(DeskList):
    """Longest due first."""

    name = "stale"
    page_title = _("Due for review")
    header_icon = "calendar-alt"
    nothing = _("No published entry is due for review.")
    explanation = _(
        "Published entries that nobody has looked at for too long. Their teams are reminded each month; whoever finds "
        "an entry still right says so, or publishes what changed."
    )
    filterset_class = StaleFilterSet
    default_ordering = "due"
    bulk_model = EntryPage
    columns: ClassVar[list[BaseColumn]] = [
        BulkActionsCheckboxColumn("bulk_actions", obj_type="entry"),
        EntryColumn("title", label=_("Title"), sort_key="title", accessor="pk", entry=lambda entry: entry),
        Column("team", label=_("Team"), sort_key="team"),
        Column("countries", label=_("Countries"), accessor="country_labels"),
        Column("language", label=_("Language"), accessor="locale.language_code"),
        Column("checked", label=_("Last checked"), accessor="review.checked_on", sort_key="checked"),
        Column("due", label=_("Due"), accessor="review.due_on", sort_key="due"),
        NumberColumn("days", label=_("Days past"), accessor="days_past"),
    ]
    export_headings: ClassVar[dict[str, str | Promise]] = {
        "reference": _("Reference"),
        "title": _("Title"),
        "team": _("Team"),
        "countries": _("Countries"),
        "language": _("Language"),
        "checked": _("Last checked"),
        "due": _("Due"),
        "days": _("Days past"),
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> QuerySet[Any]:
        entries = due_within(SOON_DAYS) if self.request.GET.get("when") == SOON else stale()
        return (
            entries.filter(original=None, alias_of=None)
            .defer("story", "basis")
            .select_related("team", "locale", "review")
        )

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        sign, name = ("-" if self.ordering.startswith("-") else ""), self.ordering.removeprefix("-")
        return queryset.order_by(f"{sign}{COLUMNS[name]}", "pk")

    def decorate(self, rows: list[Any]) -> Iterable[Any]:
        labels, now = countries_of([row.pk for row in rows]), today()
        for row in rows:
            row.country_labels = labels.get(row.pk, "")
            row.days_past = max((now - row.review.due_on).days, 0)
        return rows

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {
            "reference": item.reference,
            "title": item.draft_title,
            "team": item.team.name,
            "countries": item.country_labels,
            "language": item.locale.language_code,
            "checked": item.review.checked_on,
            "due": item.review.due_on,
            "days": item.days_past,
        }


def stale_figures(_user: Any) -> Iterator[Figure]:
    """What is due, and what will be within two months."""
    due = stale().count()
    yield Figure(due, _("due for review"), list_url(StaleList), pressing=True)
    yield Figure(due_within(SOON_DAYS).count() - due, _("due within 60 days"), list_url(StaleList, f"?when={SOON}"))
