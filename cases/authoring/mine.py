"""Lists for authors: the entries of the own teams, all translations with their status, and what one can start from."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from cases.authoring import filters
from cases.authoring.columns import EntryColumn, GapsColumn, LanguagesColumn, StartColumn, StepColumn
from cases.authoring.own import drafts_known_to, own
from cases.authoring.steps import with_step
from cases.authoring.translations import standings
from cases.authoring.views import homes_of
from cases.models import CaseStudyPage, EntryPage, MethodPage
from core.visibility import findable


class EntryPaginator(WagtailPaginator):
    """Counts entries by their name; Wagtail would put an “s” behind it."""

    verbose_name = _("entry")
    verbose_name_plural = _("entries")


class EntryList(BaseListingView):
    """Originals: searched by title and reference, filtered, sorted, in pages; the same SQL for few and for many."""

    model = EntryPage
    paginate_by = 25
    paginator_class = EntryPaginator
    is_searchable = True
    search_backend_name = None
    search_fields: ClassVar[list[str]] = ["draft_title", "reference"]
    default_ordering = "-latest_revision_created_at"
    verbose_name = _("entry")
    verbose_name_plural = _("entries")
    columns: ClassVar[list[BaseColumn]]
    breadcrumbs_items: ClassVar[list[dict[str, Any]]] = [{"url": "/admin/", "label": _("Home")}]

    def get_base_queryset(self) -> QuerySet[EntryPage]:
        entries = EntryPage.objects.filter(original=None, alias_of=None).defer("story")
        return entries.select_related("progress", "team", "locale", "content_type")

    def order_queryset(self, queryset: QuerySet[EntryPage]) -> QuerySet[EntryPage]:
        """By the chosen column, entries without a value last; ties by key, so that pages do not overlap."""
        name = str(self.ordering).lstrip("-")
        field = F(name).desc(nulls_last=True) if str(self.ordering).startswith("-") else F(name).asc(nulls_last=True)
        return queryset.order_by(field, "pk")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        found = standings(context["object_list"]) if self.with_languages else {}
        for entry in context["object_list"]:
            entry.standings = found.get(entry.pk, ())
        return context

    with_languages = True


class MineView(EntryList):
    """The entries of the teams of the person who asks, and those that were begun by that person."""

    page_title = _("My cases")
    header_icon = "doc-full-inverse"
    index_url_name = "cases_authoring:mine"
    index_results_url_name = "cases_authoring:mine_results"
    results_template_name = "cases/authoring/mine_results.html"
    filterset_class = filters.MineFilterSet
    columns: ClassVar[list[BaseColumn]] = [
        EntryColumn("title", label=_("Title"), accessor="draft_title", sort_key="draft_title", width="34%"),
        StepColumn("step", label=_("Step"), sort_key="step"),
        GapsColumn("gaps", label=_("Still missing"), sort_key="progress__gaps"),
        LanguagesColumn("languages", label=_("Translations"), classname="authoring-wide"),
        DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"),
    ]

    def get_base_queryset(self) -> QuerySet[EntryPage]:
        mine = own(self.request.user) | (Q(owner=self.request.user) & drafts_known_to(self.request.user))
        return with_step(super().get_base_queryset().filter(mine))

    @cached_property
    def add_urls(self) -> list[tuple[Any, str]]:
        """Where a new case and a new method begin: under the own team's page, or where the team is chosen first."""
        return [(label, url) for kind, label in NEW if (url := new_url(self.request.user, kind))]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = [HeaderButton(label, url=url, icon_name="plus") for label, url in self.add_urls]
        if buttons:
            bases = reverse("cases_authoring:bases")
            buttons.append(HeaderButton(_("Start from another case"), url=bases, icon_name="copy"))
        return buttons


NEW = ((CaseStudyPage, _("New case")), (MethodPage, _("New method")))


def new_url(user: Any, kind: type[EntryPage]) -> str:
    """The form of a new entry in English under the person's only team; with several teams, the first by name."""
    homes = homes_of(user, kind)
    home = next((home for home in homes if home.locale.language_code == "en"), None)
    if home is None:
        return ""
    return reverse("wagtailadmin_pages:add", args=[kind._meta.app_label, kind._meta.model_name, home.pk])


class TranslationsView(EntryList):
    """All languages of every entry whose drafts this person may know: the own ones, for moderators all."""

    page_title = _("Translations")
    header_icon = "globe"
    index_url_name = "cases_authoring:translations"
    index_results_url_name = "cases_authoring:translations_results"
    results_template_name = "cases/authoring/translations_results.html"
    filterset_class = filters.TranslationFilterSet
    columns: ClassVar[list[BaseColumn]] = [
        EntryColumn("title", label=_("Title"), accessor="draft_title", sort_key="draft_title", width="36%"),
        Column("team", label=_("Team"), accessor="team.name", sort_key="team__name"),
        Column("language", label=_("Written in"), accessor="locale.get_display_name"),
        LanguagesColumn("languages", label=_("Translations")),
        DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"),
    ]

    def get_base_queryset(self) -> QuerySet[EntryPage]:
        return super().get_base_queryset().filter(drafts_known_to(self.request.user))


class BasesView(EntryList):
    """What one can start from: published entries, and those of the own teams."""

    page_title = _("Start from another case")
    header_icon = "copy"
    index_url_name = "cases_authoring:bases"
    index_results_url_name = "cases_authoring:bases_results"
    filterset_class = filters.BaseFilterSet
    default_ordering = "title"
    search_fields: ClassVar[list[str]] = ["title", "reference"]
    with_languages = False
    columns: ClassVar[list[BaseColumn]] = [
        Column("title", label=_("Title"), sort_key="title", width="50%"),
        Column("team", label=_("Team"), accessor="team.name", sort_key="team__name"),
        Column("kind", label=_("Type"), accessor="content_type.name"),
        StartColumn("start", label=_("Start")),
    ]

    def get_base_queryset(self) -> QuerySet[EntryPage]:
        public = Q(pk__in=findable(EntryPage.objects.all()).order_by().values("pk"))
        return super().get_base_queryset().filter(public | own(self.request.user))
