"""The overview of vocabularies and the list of terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

import django_filters

from cases.authoring.proposals import waiting
from cases.models.terms import Term
from cases.term_admin.forms import label_status
from cases.vocabularies.registry import VOCABULARIES, titles
from core.text import tokens

# Languages with a column of their own; the rest is in the form of a term.
COLUMN_LANGUAGES = (
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("ar", _("Arabic")),
    ("ru", _("Russian")),
    ("zh-hans", _("Chinese (simplified)")),
)
READERS = ["add", "change", "view"]


@dataclass(frozen=True, slots=True)
class VocabularyRow:
    """One line of the overview."""

    name: str
    title: str | Promise
    in_use: int
    retired: int
    drafts: int

    @property
    def list_url(self) -> str:
        """The vocabulary's terms."""
        return f"{reverse('terms:index')}?{urlencode({'vocabulary': self.name})}"

    @property
    def add_url(self) -> str:
        """The form of a new term."""
        return f"{reverse('terms:add')}?{urlencode({'vocabulary': self.name})}"


class OverviewView(PermissionCheckedMixin, generic.base.WagtailAdminTemplateMixin, TemplateView):
    """All vocabularies with what is in them; two SQL for the counts."""

    model = Term
    any_permission_required = READERS
    template_name = "cases/term_admin/overview.html"
    page_title = _("Vocabularies")
    header_icon = "list-ul"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": _("Vocabularies")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = {"can_add": self.user_has_permission("add"), "can_change": self.user_has_permission("change")}
        rows, waits = list(self.rows()), waiting() if may["can_add"] else 0
        return super().get_context_data(rows=rows, waiting=waits, list_url=reverse("terms:index"), **may, **kwargs)

    def rows(self) -> Iterator[VocabularyRow]:
        """Yield every vocabulary by title, also one that was not loaded yet."""
        counted = Term.objects.order_by().values("vocabulary")
        live = Q(retired_at=None)
        counts = {
            row["vocabulary"]: row
            for row in counted.annotate(
                in_use=Count("pk", filter=live),
                gone=Count("pk", filter=~live),
                drafts=Count("pk", filter=live & ~Q(draft_languages=[])),
            )
        }
        for name, title in titles():
            row = counts.get(name, {"in_use": 0, "gone": 0, "drafts": 0})
            yield VocabularyRow(name, title, row["in_use"], row["gone"], row["drafts"])


class TermFilterSet(WagtailFilterSet):
    """Filter by vocabulary, by whether a term is in use, and by labels that nobody confirmed yet."""

    vocabulary = django_filters.ChoiceFilter(label=_("Vocabulary"), choices=titles)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("in-use", _("In use")), ("retired", _("Retired"))],
        method="filter_state",
    )
    draft = django_filters.ChoiceFilter(
        label=_("Draft label"), choices=[("any", _("Any language")), *COLUMN_LANGUAGES], method="filter_draft"
    )

    class Meta:
        model = Term
        fields = ["vocabulary"]

    def filter_state(self, queryset: QuerySet[Term], _name: str, value: str) -> QuerySet[Term]:
        return queryset.filter(retired_at__isnull=value == "in-use")

    def filter_draft(self, queryset: QuerySet[Term], _name: str, value: str) -> QuerySet[Term]:
        if value == "any":
            return queryset.exclude(draft_languages=[])
        # SQLite cannot ask whether a JSON list contains a value; a quoted code cannot be part of another one.
        return queryset.annotate(drafts=Cast("draft_languages", TextField())).filter(drafts__contains=f'"{value}"')


class TermColumn(TitleColumn):
    """English label with code and state."""

    cell_template_name = "cases/term_admin/term_cell.html"


class LabelColumn(Column):
    """The label of one language with its status in words."""

    cell_template_name = "cases/term_admin/label_cell.html"

    def get_cell_context_data(self, instance: Term, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        status = label_status(instance, self.name)
        return {**context, "text": instance.labels.get(self.name), "status": status, "language": self.name}


class TermIndexView(generic.IndexView):
    """Terms of all vocabularies, or of one."""

    any_permission_required = READERS
    page_title = _("Terms")
    template_name = "cases/term_admin/index.html"
    filterset_class = TermFilterSet
    paginate_by = 50
    default_ordering = ("vocabulary", "order", "code")
    is_searchable = True

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column("__str__", TermColumn, width="24%")
        title.label = _("English label")
        languages = [LabelColumn(language, label=name) for language, name in COLUMN_LANGUAGES]
        return [title, *languages]

    def get_base_queryset(self) -> QuerySet[Term]:
        return Term.objects.select_related("successor")

    def search_queryset(self, queryset: QuerySet[Term]) -> QuerySet[Term]:
        return search_terms(queryset, self.search_query)

    @cached_property
    def vocabulary(self) -> str:
        """The vocabulary that is filtered by, or nothing."""
        name = self.request.GET.get("vocabulary", "")
        return name if name in VOCABULARIES else ""

    def get_page_subtitle(self) -> str:
        return str(VOCABULARIES[self.vocabulary].title) if self.vocabulary else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return with_overview(super().get_breadcrumbs_items())

    def get_edit_url(self, instance: Term) -> str:
        return reverse("terms:edit", args=[instance.pk])

    def get_add_url(self) -> str | None:
        url = super().get_add_url()
        return f"{url}?{urlencode({'vocabulary': self.vocabulary})}" if url and self.vocabulary else url

    def get_list_more_buttons(self, instance: Term) -> list[Any]:
        return []

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        if self.vocabulary and self.user_has_permission("change"):
            context["reorder_url"] = reverse("terms:reorder", args=[self.vocabulary])
        return context


def search_terms(queryset: QuerySet[Term], text: str) -> QuerySet[Term]:
    """The terms whose labels, in any language, or whose code hold every word of `text`; folded, parts of words too."""
    for word in tokens(text):
        queryset = queryset.filter(Q(search_text__contains=word) | Q(code__contains=word))
    return queryset


def with_overview(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put the overview of vocabularies after the first breadcrumb (the admin's home)."""
    return [*items[:1], {"url": reverse("terms:overview"), "label": _("Vocabularies")}, *items[1:]]
