"""The list “All entries”: cases and methods of every team, to find some and do one thing to all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Final

from django import forms
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.models import Locale

import django_filters

from cases.desk.columns import EntryColumn
from cases.desk.lists import DeskList
from cases.models import CaseStudyPage, CountryTeam, EntryPage, EntryTerm, MethodPage
from cases.terms import current_terms

LIVE, EDITED, DRAFT = "live", "edited", "draft"
HEADINGS: Final[Mapping[str, str | Promise]] = {
    "reference": _("Reference"),
    "title": _("Title"),
    "kind": _("Kind"),
    "team": _("Team"),
    "language": _("Language"),
    "countries": _("Countries"),
    "status": _("Status"),
    "edited": _("Last edited"),
}


def choices_of(vocabulary: str) -> Callable[[], list[tuple[str, str]]]:
    """A function that lists a vocabulary's terms for a filter, by label."""

    def choices() -> list[tuple[str, str]]:
        labels = ((str(row.id), str(row.label())) for row in current_terms().of(vocabulary))
        return sorted(labels, key=lambda choice: choice[1].casefold())

    return choices


def having(field: str, *columns: str) -> Callable[..., QuerySet[Any]]:
    """A filter's method: rows of which one of the `columns` is the key of an entry with the chosen term in `field`."""

    def narrowed(_filters: Any, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        chosen = EntryTerm.objects.filter(field=field, term_id=int(value))
        return rows.filter(reduce(or_, (Q(Exists(chosen.filter(entry=OuterRef(column)))) for column in columns)))

    return narrowed


def kind_of(entry: EntryPage) -> str:
    """Case study or method."""
    model = entry.cached_content_type.model_class()
    return str(model._meta.verbose_name) if model else ""


def status_of(entry: EntryPage) -> str | Promise:
    """Whether it is public, and whether there is a newer draft."""
    if not entry.live:
        return _("Not published")
    return _("Published, with a newer draft") if entry.has_unpublished_changes else _("Published")


class EntriesFilterSet(WagtailFilterSet):
    """By words of title or reference, kind, team, language, country, theme and state."""

    words = django_filters.CharFilter(label=_("Title or reference"), method="with_words")
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=[("case", _("Case study")), ("method", _("Method"))], method="of_kind",
        widget=forms.RadioSelect,
    )  # fmt: skip
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=CountryTeam.objects.order_by("name"))
    locale = django_filters.ModelChoiceFilter(
        label=_("Language"), queryset=lambda _request: Locale.objects.order_by("language_code")
    )
    country = django_filters.ChoiceFilter(label=_("Country"), choices=choices_of("countries"), method="in_country")
    theme = django_filters.ChoiceFilter(label=_("Theme"), choices=choices_of("themes"), method="with_theme")
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[(LIVE, _("Published")), (EDITED, _("Published, with a newer draft")), (DRAFT, _("Not published"))],
        method="of_status",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = EntryPage
        fields: ClassVar[list[str]] = []

    in_country = having("countries", "pk")
    with_theme = having("themes", "pk")

    def with_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Each word in the title of the draft or in the reference."""
        for word in value.split():
            rows = rows.filter(Q(draft_title__icontains=word) | Q(reference__icontains=word))
        return rows

    def of_kind(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Cases or methods."""
        kinds: dict[str, type[Model]] = {"case": CaseStudyPage, "method": MethodPage}
        return rows.filter(pk__in=kinds[value]._default_manager.order_by().values("pk"))

    def of_status(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Published, edited since, or neither."""
        conditions = {LIVE: Q(live=True), EDITED: Q(live=True, has_unpublished_changes=True), DRAFT: Q(live=False)}
        return rows.filter(conditions[value])


class EntriesList(DeskList):
    """Originals of all teams; translations are reached from them."""

    name = "entries"
    page_title = _("All entries")
    header_icon = "doc-full"
    nothing = _("No team has written anything yet.")
    explanation = _("Tick entries to do one thing to all of them. Translations follow their originals.")
    filterset_class = EntriesFilterSet
    default_ordering = "-latest_revision_created_at"
    bulk_model = EntryPage
    columns: ClassVar[list[BaseColumn]] = [
        BulkActionsCheckboxColumn("bulk_actions", obj_type="entry"),
        EntryColumn("title", label=_("Title"), sort_key="draft_title", accessor="pk", entry=lambda entry: entry),
        Column("team", label=_("Team"), sort_key="team__name"),
        Column("countries", label=_("Countries"), accessor="country_labels"),
        Column("language", label=_("Language"), accessor="locale.language_code", sort_key="locale__language_code"),
        Column("status", label=_("Status"), accessor=status_of),
        DateColumn("latest_revision_created_at", label=_("Last edited"), sort_key="latest_revision_created_at"),
    ]
    list_export = list(HEADINGS)
    export_headings = HEADINGS

    def get_base_queryset(self) -> QuerySet[Any]:
        rows = EntryPage.objects.filter(original=None, alias_of=None).defer("story", "basis")
        return rows.select_related("team", "locale", "content_type")

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.order_by(self.ordering, "pk")

    def decorate(self, rows: list[Any]) -> Iterable[Any]:
        labels = countries_of([row.pk for row in rows])
        for row in rows:
            row.country_labels = labels.get(row.pk, "")
        return rows

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {
            "reference": item.reference,
            "title": item.draft_title,
            "kind": kind_of(item),
            "team": item.team.name,
            "language": item.locale.language_code,
            "countries": item.country_labels,
            "status": str(status_of(item)),
            "edited": item.latest_revision_created_at,
        }


def countries_of(entries: Iterable[int]) -> dict[int, str]:
    """The countries of each entry, in words; one SQL."""
    terms, found = current_terms(), defaultdict(list)
    rows = EntryTerm.objects.filter(entry__in=list(entries), field="countries").order_by("entry", "sort_order", "pk")
    for entry, term in rows.values_list("entry", "term"):
        found[entry].append(str(terms.resolve(term).label()))
    return {entry: ", ".join(labels) for entry, labels in found.items()}
