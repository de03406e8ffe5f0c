"""Filters of the authors' lists."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Locale

import django_filters

from cases.authoring.steps import STEPS
from cases.models import CaseStudyPage, CountryTeam, EntryPage, MethodPage

KINDS = (("case", _("Case study")), ("method", _("Method")))
MODELS = {"case": CaseStudyPage, "method": MethodPage}
STATES = (
    ("missing", _("Missing")),
    ("draft", _("Draft")),
    ("published", _("Published")),
    ("older", _("Older than its original")),
)


class BaseFilterSet(WagtailFilterSet):
    """By type of entry and team."""

    kind = django_filters.ChoiceFilter(label=_("Type"), choices=KINDS, method="filter_kind")
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=CountryTeam.objects.order_by("name"))

    class Meta:
        model = EntryPage
        fields = ["team"]

    def filter_kind(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(content_type=ContentType.objects.get_for_model(MODELS[value]))


class MineFilterSet(BaseFilterSet):
    """By step and by whether anything is missing, too."""

    step = django_filters.ChoiceFilter(label=_("Step"), choices=STEPS)
    gaps = django_filters.ChoiceFilter(
        label=_("Still missing"),
        choices=[("some", _("Something is missing")), ("none", _("Nothing is missing"))],
        method="filter_gaps",
    )
    begun_by_me = django_filters.ChoiceFilter(
        label=_("Begun by"), choices=[("me", _("Me"))], method="filter_owner", empty_label=_("Anybody")
    )

    def filter_gaps(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(progress__gaps__gt=0) if value == "some" else queryset.filter(progress__gaps=0)

    def filter_owner(self, queryset: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return queryset.filter(owner=self.request.user)


class TranslationFilterSet(BaseFilterSet):
    """By one language and the state of the translation into it; the state alone means any language."""

    language = django_filters.ModelChoiceFilter(
        label=_("Language"), queryset=Locale.objects.order_by("pk"), method="filter_language"
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="filter_state")

    def filter_language(self, queryset: QuerySet[Any], _name: str, value: Locale) -> QuerySet[Any]:
        """Entries that are written in another language; `filter_state` looks at the translation into this one."""
        return queryset.exclude(locale=value)

    def filter_state(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        translations = EntryPage.objects.filter(original=OuterRef("pk"))
        locale = self.form.cleaned_data.get("language")
        if locale is not None:
            translations = translations.filter(locale=locale)
        if value == "missing":
            return self._lacking(queryset, translations, locale)
        return queryset.filter(Exists(_in_state(translations, value)))

    def _lacking(self, queryset: QuerySet[Any], translations: QuerySet[Any], locale: Locale | None) -> QuerySet[Any]:
        if locale is not None:
            return queryset.filter(~Exists(translations))
        languages = Locale.objects.count()
        return queryset.annotate(languages=_count(translations)).filter(languages__lt=languages - 1)


def _in_state(translations: QuerySet[Any], state: str) -> QuerySet[Any]:
    if state == "older":
        return translations.filter(progress__texts_changed_at__lt=F("original__progress__texts_changed_at"))
    return translations.filter(live=state == "published")


def _count(rows: QuerySet[Any]) -> Any:
    """How many of these there are for each row of the outer query."""
    counted = rows.order_by().values("original").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
