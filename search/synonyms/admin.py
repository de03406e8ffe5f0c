"""Synonyms for editors: a list with search and a filter by language, and a form."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

import django_filters

from core.text import fold
from search.synonyms.models import SynonymSet

ANY = "any"
MOST_GIVEN = 20


class SynonymFilterSet(WagtailFilterSet):
    """By the language whose searches use a set."""

    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=[(ANY, _("All languages")), *settings.LANGUAGES], method="of_language"
    )

    class Meta:
        model = SynonymSet
        fields = ["language"]

    def of_language(self, sets: QuerySet[SynonymSet], _name: str, value: str) -> QuerySet[SynonymSet]:
        """Sets of exactly this language."""
        return sets.filter(language="" if value == ANY else value)


class SynonymIndexView(generic.IndexView):
    """The list."""

    def search_queryset(self, queryset: QuerySet[SynonymSet]) -> QuerySet[SynonymSet]:
        return queryset.filter(search_text__contains=fold(self.search_query)) if self.is_searching else queryset

    @property
    def is_searchable(self) -> bool:
        """By their words, accents and capitals aside."""
        return True


class SynonymAddView(generic.CreateView):
    """The form of a new set, begun with the words of a failed search where the address brings some."""

    def get_initial(self) -> dict[str, Any]:
        given = self.request.GET
        known = given.get("language") in dict(settings.LANGUAGES)
        words = [word for word in given.getlist("terms")[:MOST_GIVEN] if word.strip()]
        return {**super().get_initial(), "language": given["language"] if known else "", "terms": words}


class SynonymViewSet(ModelViewSet):
    """All addresses below `/admin/synonyms/`."""

    model = SynonymSet
    name = "synonyms"
    icon = "code"
    menu_label = _("Synonyms")
    menu_order = 270
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 50
    form_fields = ["language", "terms"]
    list_display = [
        "__str__",
        Column("language", label=_("Language"), accessor=SynonymSet.language_name, sort_key="language"),
    ]
    filterset_class = SynonymFilterSet
    index_view_class = SynonymIndexView
    add_view_class = SynonymAddView

    def formfield_for_dbfield(self, db_field: Any, **kwargs: Any) -> Any:
        """Say “all languages” where Django shows dashes."""
        field = super().formfield_for_dbfield(db_field, **kwargs)
        if db_field.name == "language":
            field.choices = [("", _("All languages")), *settings.LANGUAGES]
        return field
