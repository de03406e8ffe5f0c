"""The page chooser: of a page that is known from outside only it shows what is published, nothing of a newer draft."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.views import chooser
from wagtail.models import Page

from core.access.knowledge import Insider, known


def choosable_pages(pages: Any, request: HttpRequest) -> Any:
    """What a person may choose: all that they may know of, with its status read at once. A hook of the lists."""
    choosable: Any = known(pages, request.user)
    return choosable.specific().annotate_approved_schedule().prefetch_workflow_states()


def choosable_with_collections(files: Any, request: HttpRequest) -> Any:
    """Documents with the name of their collection, a column for whoever may use several. A hook of their chooser."""
    return files.select_related("collection")


def find_parents(pages: Iterable[Page]) -> None:
    """Read the parents of all pages at once: each would ask for its own."""
    rows = [page for page in pages if not page.is_root()]
    paths = {page._get_parent_path_from_path(page.path) for page in rows}
    parents = {page.path: page for page in Page.objects.filter(path__in=paths).select_related("locale")}
    for page in rows:
        page._cached_parent_obj = parents.get(page._get_parent_path_from_path(page.path))


def discreet(page: Page, insider: Insider) -> Page:
    """The page, in memory, as those know it who know only what is published. Never save it."""
    if not insider.knows(page):
        page.draft_title = page.title
        page.latest_revision_created_at = page.last_published_at
        page.has_unpublished_changes = False
        page.locked = False
    return page


class TitleColumn(chooser.PageTitleColumn):
    """The first column: from here on the row is discreet and knows its parent."""

    def __init__(self, *args: Any, insider: Insider, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.insider = insider
        self._rows: Any = None

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> Any:
        if self._rows is not (rows := parent_context["table"].data):
            find_parents(rows)
            self._rows = rows
        return super().get_cell_context_data(instance, parent_context)

    def get_value(self, instance: Any) -> Any:
        return super().get_value(discreet(instance, self.insider))


class ParentColumn(chooser.ParentPageColumn):
    """The parent's published title."""

    def __init__(self, *args: Any, insider: Insider, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.insider = insider

    def get_value(self, instance: Any) -> Any:
        parent = super().get_value(instance)
        return parent and discreet(parent, self.insider)


class _DiscreetColumns:
    is_multiple_choice: Any
    request: HttpRequest

    @property
    def columns(self) -> list[Any]:
        """Wagtail's columns, the two that show titles being ours."""
        insider = Insider(self.request.user)
        multiple = self.is_multiple_choice
        own = {
            "title": TitleColumn("title", label=_("Title"), is_multiple_choice=multiple, insider=insider),
            "parent": ParentColumn("parent", label=_("Parent"), insider=insider),
        }
        return [own.get(column.name, column) for column in super().columns]  # type: ignore[misc]


class BrowseView(_DiscreetColumns, chooser.BrowseView):
    """Lists the children of a page."""


class SearchView(_DiscreetColumns, chooser.SearchView):
    """Lists what was searched for."""


class ChosenMultipleView(chooser.ChosenMultipleView):
    """Names the chosen pages."""

    def get(self, request: HttpRequest) -> HttpResponse:
        chosen: Any = known(Page.objects.filter(pk__in=request.GET.getlist("id")), request.user)
        pages, insider = list(chosen.specific()), Insider(request.user)
        find_parents(pages)
        return self.render_chosen_response([_chosen(discreet(page, insider)) for page in pages])


def _chosen(page: Page) -> dict[str, Any]:
    return {
        "id": page.pk,
        "parentId": page.get_parent().pk,
        "adminTitle": page.get_admin_display_title(),
        "editUrl": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "url": page.url,
    }
