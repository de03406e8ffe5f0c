"""Organisations for editors: a list with search, type and number of uses; one in use is not deleted."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page

import django_filters

from cases.models import CaseStudyPage, MethodPage, Organisation, Partnership
from cases.organisation_admin.chooser import named, type_label
from cases.organisation_admin.forms import OrganisationForm
from cases.terms import current_terms
from core.access.knowledge import known, knows_all

USES: Final = (
    (CaseStudyPage, "lead_organisation", "pk"),
    (Partnership, "organisation", "entry"),
    (MethodPage, "owner_organisation", "pk"),
)
"""What uses an organisation, by which field, and which field is the page."""


def with_uses(organisations: QuerySet[Organisation], user: Any = None) -> QuerySet[Organisation]:
    """Annotate `uses`: in how many rows an organisation leads, takes part or owns; all in one query.

    For a person only those of pages of which the person may know: a count tells of a draft, too.
    """
    pages = None if user is None or knows_all(user) else known(Page.objects.all(), user)
    first, *others = (Coalesce(_counted(model, name, page, pages), 0) for model, name, page in USES)
    return organisations.annotate(uses=sum(others, first))


def _counted(model: type[Model], name: str, page: str, pages: QuerySet[Page] | None) -> Subquery:
    rows = model._default_manager.filter(**{name: OuterRef("pk")}).order_by().values(name)
    if pages is not None:
        rows = rows.filter(**{f"{page}__in": pages.values("pk")})
    return Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField())


def _types() -> list[tuple[int, str]]:
    return [(term.id, str(term.label())) for term in current_terms().of("organisation_types", retired=True)]


class OrganisationFilterSet(WagtailFilterSet):
    """By type."""

    type = django_filters.ChoiceFilter(label=gettext_lazy("Type"), choices=_types)

    class Meta:
        model = Organisation
        fields = ["type"]


class OrganisationIndexView(generic.IndexView):
    """The list."""

    def get_base_queryset(self) -> QuerySet[Organisation]:
        return with_uses(Organisation.objects.all(), self.request.user)

    def search_queryset(self, queryset: QuerySet[Organisation]) -> QuerySet[Organisation]:
        return named(queryset, self.search_query) if self.is_searching else queryset

    @property
    def is_searchable(self) -> bool:
        """By name, in our own way."""
        return True


class OrganisationDeleteView(generic.DeleteView):
    """Deletes what nothing uses."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._refusal() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._refusal() or super().post(request, *args, **kwargs)

    def _refusal(self) -> HttpResponse | None:
        uses = with_uses(Organisation.objects.filter(pk=self.object.pk)).get().uses  # type: ignore[attr-defined]
        if not uses:
            return None
        text = ngettext(
            "“%(name)s” is used in %(uses)d place and cannot be deleted. Replace it there first.",
            "“%(name)s” is used in %(uses)d places and cannot be deleted. Replace it there first.",
            uses,
        )
        messages.error(self.request, text % {"name": self.object.name, "uses": uses})
        return redirect(reverse("organisations:usage", args=[self.object.pk]))


class OrganisationViewSet(ModelViewSet):
    """All addresses below `/admin/organisations/`."""

    model = Organisation
    name = "organisations"
    icon = "group"
    menu_label = gettext_lazy("Organisations")
    menu_order = 260
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 50
    ordering = "search_name"
    list_display = [
        "name",
        Column("type", label=gettext_lazy("Type"), accessor=type_label),
        Column("uses", label=gettext_lazy("Uses"), accessor="uses", sort_key="uses"),
    ]
    filterset_class = OrganisationFilterSet
    index_view_class = OrganisationIndexView
    delete_view_class = OrganisationDeleteView

    def get_form_class(self, for_update: bool = False) -> type[OrganisationForm]:
        return OrganisationForm
