"""What every list of the desk is: Wagtail's report with its table, filters, order, pages and export, for moderators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail.admin.views.reports import ReportView

from cases.desk.access import may_moderate
from cases.desk.exporting import SafeExportMixin

PREFIX = "desk/"


@dataclass(frozen=True, slots=True)
class Tab:
    """Another list of the same kind, offered above the table."""

    label: str | Promise
    address: str
    current: bool

    @property
    def url(self) -> str:
        """Where it is."""
        return reverse(self.address)


class DeskList(SafeExportMixin, ReportView):
    """A list of the desk; `name` is the last part of its address and of the names of both its addresses."""

    name: ClassVar[str]
    explanation: ClassVar[str | Promise] = ""
    nothing: ClassVar[str | Promise] = _("There is nothing here.")
    nothing_matches: ClassVar[str | Promise] = _("Nothing matches these filters.")
    bulk_model: ClassVar[type[Model] | None] = None
    """The model whose bulk actions are offered below the table."""
    template_name = "cases/desk/list.html"
    results_template_name = "cases/desk/list_results.html"
    paginate_by = 50

    @classmethod
    def is_for(cls, user: Any) -> bool:
        """Who may open it."""
        return may_moderate(user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_for(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    @property
    def bulk_opts(self) -> Any:
        """What names the bulk actions of this list, for those who may do any."""
        return self.bulk_model._meta if self.bulk_model and may_moderate(self.request.user) else None

    @property
    def tabs(self) -> Sequence[Tab]:
        """Lists of the same kind."""
        return ()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return under_desk(self.page_title)

    def get_index_url(self) -> str:
        return reverse(address_name(self.name))

    def get_index_results_url(self) -> str:
        return reverse(f"{address_name(self.name)}_results")

    def get_filename(self) -> str:
        return self.name.replace("/", "-")

    @property
    def no_results_message(self) -> str | Promise:
        return self.nothing_matches if self.is_searching or self.is_filtering else self.nothing

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.object_list = self.get_filtered_queryset()
        if self.is_export:
            return self.as_spreadsheet(self.in_pieces(self.object_list), request.GET["export"])
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(explanation=self.explanation, **kwargs)
        rows = list(self.decorate(list(context["object_list"])))
        return {**context, "object_list": rows, "table": self.get_table(rows)}

    def get_filtered_queryset(self) -> Any:
        return self.get_queryset()


class RowList(DeskList):
    """A list whose rows were counted in Python: ordered by functions, filtered by the class itself."""

    orders: ClassVar[Mapping[str, Callable[[Any], Any]]] = MappingProxyType({})

    def rows(self) -> Sequence[Any]:
        """All rows that the filters leave, in the list's own order."""
        raise NotImplementedError

    def get_filtered_queryset(self) -> list[Any]:
        return self._ordered(self.rows())

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """A form of filters, which looks at no table."""
        return {**super().get_filterset_kwargs(), "queryset": no_rows()}

    def chosen(self, name: str) -> Any:
        """The value of a filter; empty where none was chosen or it cannot be read."""
        if self.filters is None or not self.filters.is_valid():
            return ""
        return self.filters.form.cleaned_data.get(name) or ""

    def _ordered(self, rows: Iterable[Any]) -> list[Any]:
        ordering = self.ordering or ""
        key = self.orders.get(ordering.removeprefix("-"))
        return sorted(rows, key=key, reverse=ordering.startswith("-")) if key else list(rows)


def no_rows() -> QuerySet[Any]:
    """What a form of filters is bound to that filters no table."""
    from cases.models import Term

    return Term.objects.none()


def address_name(name: str) -> str:
    """The name of a list's address."""
    return "desk_" + name.replace("-", "_").replace("/", "_")


def under_desk(title: str | Promise) -> list[dict[str, Any]]:
    """Breadcrumbs of a page of the desk."""
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("desk"), "label": _("Desk")},
        {"url": "", "label": title},
    ]


def addresses_of(view: type[DeskList]) -> list[URLPattern]:
    """Where a list is, and where its table alone is for Wagtail's scripts."""
    where = f"{PREFIX}{view.name}/"
    return [
        path(where, view.as_view(), name=address_name(view.name)),
        path(f"{where}results/", view.as_view(results_only=True), name=f"{address_name(view.name)}_results"),
    ]


def list_url(view: type[DeskList], query: str = "") -> str:
    """The address of a list, narrowed by a query string."""
    return reverse(address_name(view.name)) + query
