"""The list “Failed searches” of the desk: words that found little or nothing, and the way to a synonym for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Final

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

import django_filters

from cases.desk.columns import NumberColumn
from cases.desk.lists import DeskList
from cases.desk.registry import Figure, Place
from core.languages import direction
from core.text import fold, tokens
from search.failed.models import FailedSearch
from search.synonyms.models import SynonymSet

NOTHING: Final = "nothing"
Row = dict[str, Any]


class FailedSearchFilterSet(WagtailFilterSet):
    """By words, language, and whether anything at all was found."""

    words = django_filters.CharFilter(label=_("Words"), method="with_words")
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES)
    found = django_filters.ChoiceFilter(
        label=_("Found"), choices=[(NOTHING, _("Nothing at all"))], method="with_nothing", widget=forms.RadioSelect
    )

    class Meta:
        model = FailedSearch
        fields: ClassVar[list[str]] = []

    def with_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Accents and capitals aside."""
        return rows.filter(words__contains=fold(value))

    def with_nothing(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        """Of which no search found anything."""
        return rows.filter(most=0)


class WordsColumn(Column):
    """The words, in the direction in which they are written."""

    cell_template_name = "search/admin/words_cell.html"

    def get_cell_context_data(self, instance: Row, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "language": instance["language"], "direction": direction(instance["language"])}


class HelpColumn(Column):
    """Whether there are synonyms for the words, else the way to make some."""

    cell_template_name = "search/admin/help_cell.html"

    def get_cell_context_data(self, instance: Row, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "row": instance}


def language_name(code: str) -> str:
    """The language in words."""
    return capfirst(str(dict(settings.LANGUAGES).get(code, code)))


def _language(row: Row) -> str:
    return language_name(row["language"])


class FailedSearchList(DeskList):
    """What visitors looked for in vain, most often first."""

    name = "failed-searches"
    page_title = _("Failed searches")
    header_icon = "search"
    nothing = _("No words have failed often enough to be shown.")
    explanation = _(
        "Words that found at most two entries, in at least five searches or on three days of the last three months. "
        "Nobody is told apart; words that look like an address or a number are never kept."
    )
    filterset_class = FailedSearchFilterSet
    default_ordering = "-times"
    columns = [
        WordsColumn("words", label=_("Words"), sort_key="words"),
        Column(
            "language", label=_("Language"), accessor=lambda row: language_name(row["language"]), sort_key="language"
        ),
        NumberColumn("times", label=_("Searches"), sort_key="times"),
        NumberColumn("days", label=_("Days"), sort_key="days"),
        NumberColumn("most", label=_("Found"), sort_key="most"),
        Column("last", label=_("Last"), sort_key="last"),
        HelpColumn("help", label=_("Synonyms"), accessor="words"),
    ]
    list_export = ["words", "language", "times", "days", "most", "last", "synonyms"]
    export_headings: ClassVar[dict[str, str | Promise]] = {
        "words": _("Words"),
        "language": _("Language"),
        "times": _("Searches"),
        "days": _("Days"),
        "most": _("Found"),
        "last": _("Last"),
        "synonyms": _("Synonyms"),
    }

    def get_base_queryset(self) -> QuerySet[Any, Any]:
        return FailedSearch.objects.readable()

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.order_by(self.ordering, "words", "language")

    @cached_property
    def may_add(self) -> bool:
        """Whether this account looks after synonyms."""
        return bool(self.request.user.has_perm("search.add_synonymset"))

    def decorate(self, rows: list[Row]) -> Iterable[Row]:
        """Say which words stand in a set of synonyms already; one SQL for all of them."""
        sets = list(SynonymSet.objects.all()) if rows else []
        for row in rows:
            run = tuple(tokens(row["words"]))
            known = any(run in s.runs for s in sets if s.language in ("", row["language"]))
            address = f"{reverse('synonyms:add')}?{urlencode({'language': row['language'], 'terms': row['words']})}"
            row |= {"has_synonyms": known, "add_url": address if self.may_add and not known else ""}
        return rows

    def to_row_dict(self, item: Row) -> dict[str, Any]:
        known = {**item, "language": language_name(item["language"]), "synonyms": yes_or_no(item["has_synonyms"])}
        return {name: known[name] for name in self.list_export}


def yes_or_no(value: bool) -> str:
    """For cells."""
    return str(_("yes") if value else _("no"))


def figures(_user: Any) -> Iterable[Figure]:
    """How many words failed often enough."""
    number = FailedSearch.objects.readable().count()
    yield Figure(number, _("searches that find little or nothing"), reverse("desk_failed_searches"))


PLACE: Final = Place(FailedSearchList, _("Failed searches"), "search", 70, figures)
