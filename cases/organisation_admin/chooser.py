"""Chooses an organisation by searching, or adds one that is not there yet."""

from __future__ import annotations

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser

from cases.forms.choosers import KnownMixin
from cases.models.organisations import Organisation
from cases.organisation_admin.forms import OrganisationForm
from cases.terms import current_terms
from core.text import tokens


def named(organisations: QuerySet[Organisation], words: str) -> QuerySet[Organisation]:
    """Organisations whose name has every word, accents and case aside."""
    wanted = Q()
    for word in tokens(words):
        wanted &= Q(search_name__contains=word)
    return organisations.filter(wanted)


def type_label(organisation: Organisation) -> str:
    """The organisation's type in the reader's language, from the cache."""
    return str(current_terms().resolve(organisation.type_id).label())


class OrganisationFilterForm(BaseFilterForm):
    """One search field."""

    q = forms.CharField(
        label=_("Search by name"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search by name")})
    )

    def filter(self, objects: QuerySet[Organisation]) -> QuerySet[Organisation]:
        """Narrow the list, and note for the view that it is narrowed."""
        self.search_query = self.cleaned_data["q"].strip()
        self.is_searching = bool(self.search_query)
        return named(super().filter(objects), self.search_query)


class _ChooseMixin:
    filter_form_class = OrganisationFilterForm

    @property
    def columns(self) -> list[Column]:
        """Name and type."""
        return [*super().columns, Column("type", label=_("Type"), accessor=type_label)]  # type: ignore[misc]


class OrganisationChooseView(_ChooseMixin, ChooseView):
    """The chooser's window."""


class OrganisationResultsView(_ChooseMixin, ChooseResultsView):
    """The list in the chooser's window."""


class _Widget(KnownMixin, BaseChooser):
    """A chooser that may know its organisation already."""


class OrganisationChooserViewSet(ChooserViewSet):
    """The chooser of organisations."""

    model = Organisation
    icon = "group"
    choose_one_text = _("Choose an organisation")
    choose_another_text = _("Choose another organisation")
    edit_item_text = _("Edit this organisation")
    choose_view_class = OrganisationChooseView
    choose_results_view_class = OrganisationResultsView
    base_widget_class = _Widget
    creation_form_class = OrganisationForm
    creation_tab_label = _("Add a new one")
    create_action_label = _("Add")
    per_page = 20


organisation_chooser = OrganisationChooserViewSet("organisation_chooser")
OrganisationChooser = organisation_chooser.widget_class
