"""Which objects an address of the admin names, and how well one must know each to ask for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db.models import Model
from django.http import HttpRequest
from django.urls import ResolverMatch

from wagtail.models import Page, ReferenceIndex, TaskState, UploadedFile, WorkflowState

from core.access.knowledge import Insider, pages_using
from core.models import File, Picture

Depth = Callable[[Insider, Page], bool]
LONGEST_KEY: Final = 18
"""Digits of the longest key that a database can be asked for."""


@dataclass(frozen=True)
class Demand:
    """One object that is asked for: `key` as the address has it."""

    key: str

    def is_met(self, insider: Insider) -> bool:
        """Whether the person may ask for it here."""
        raise NotImplementedError

    def is_known(self, insider: Insider) -> bool:
        """Whether the person, who may not ask for it here, may know that it is there."""
        return False

    @property
    def number(self) -> int:
        """The key, or one that no object has."""
        return int(self.key) if self.key.isdecimal() and len(self.key) <= LONGEST_KEY else 0


@dataclass(frozen=True)
class PageDemand(Demand):
    """A page that one must know to a depth."""

    depth: Depth = Insider.knows

    def is_met(self, insider: Insider) -> bool:
        return insider.knows_all or (self._page is not None and self.depth(insider, self._page))

    def is_known(self, insider: Insider) -> bool:
        return self._page is not None and insider.may_know(self._page)

    @cached_property
    def _page(self) -> Page | None:
        return Page.objects.filter(pk=self.number).first()


@dataclass(frozen=True)
class FileDemand(Demand):
    """A picture or a document."""

    model: type[Model] = File

    def is_met(self, insider: Insider) -> bool:
        if insider.knows_all:
            return True
        found = self.model._default_manager.filter(pk=self.number).first()
        return found is not None and insider.knows_file(found)


@dataclass(frozen=True)
class DeletionDemand(FileDemand):
    """A picture or document that is to go: nothing may hold on to it, and no page that the person does not know."""

    def is_met(self, insider: Insider) -> bool:
        found = self.model._default_manager.filter(pk=self.number).first()
        if found is None:
            return True  # whether it is there is another demand
        if ReferenceIndex.get_references_to(found).group_by_source_object().is_protected:
            return False
        return insider.knows_all or all(map(insider.knows, pages_using(found).only("path")))

    def is_known(self, insider: Insider) -> bool:
        return True


@dataclass(frozen=True)
class UploadDemand(Demand):
    """A file that was uploaded among many and waits for its title: it is of the person who sent it."""

    def is_met(self, insider: Insider) -> bool:
        return UploadedFile.objects.filter(pk=self.number, uploaded_by_user=insider.user).exists()


@dataclass(frozen=True)
class WorkflowDemand(Demand):
    """A workflow of a page, or a step of one: as well known as the page from inside. Others' are no page's."""

    model: type[Model] = WorkflowState
    path: str = ""

    def is_met(self, insider: Insider) -> bool:
        found = self.model._default_manager.filter(pk=self.number).values_list(f"{self.path}object_id").first()
        return found is not None and PageDemand(found[0]).is_met(insider)


@dataclass(frozen=True)
class Everything(Demand):
    """All objects at once."""

    def is_met(self, insider: Insider) -> bool:
        return insider.knows_all

    def is_known(self, insider: Insider) -> bool:
        return True


Make = Callable[[str], Demand]


def _page(depth: Depth) -> Make:
    return lambda key: PageDemand(key, depth)


def _file(model: type[Model]) -> Make:
    return lambda key: FileDemand(key, model)


ARGUMENTS: Final[Mapping[str, Make]] = {
    "page_id": _page(Insider.knows),
    "page_to_move_id": _page(Insider.knows),
    "page_pk": _page(Insider.knows),
    "parent_page_id": _page(Insider.reaches),
    "destination_id": _page(Insider.reaches),
    "document_id": _file(File),
    "doc_id": _file(File),
    "image_id": _file(Picture),
    "uploaded_file_id": UploadDemand,
    "workflow_state_id": WorkflowDemand,
    "task_state_id": lambda key: WorkflowDemand(key, TaskState, "workflow_state__"),
}
"""What an argument of an address is, whatever the view."""
IN_PLACE: Final[dict[tuple[str, str], Make]] = {
    ("wagtailadmin_choose_page_child", "parent_page_id"): _page(Insider.may_know),
    ("wagtailadmin_pages", "pk"): _page(Insider.knows),
    ("wagtailadmin_api:pages", "pk"): _page(Insider.knows),
    ("wagtailadmin_api:images", "pk"): _file(Picture),
    ("wagtailadmin_api:documents", "pk"): _file(File),
    ("wagtailimages_chooser", "pk"): _file(Picture),
    ("wagtaildocs_chooser", "pk"): _file(File),
}
"""The same where the name alone does not tell: by the address or its namespace."""
QUERIES: Final[Mapping[str, Mapping[str, Make]]] = {
    "wagtailadmin_choose_page_chosen_multiple": {"id": _page(Insider.may_know)},
    "wagtailimages_chooser:chosen_multiple": {"id": _file(Picture)},
    "wagtaildocs_chooser:chosen_multiple": {"id": _file(File)},
    "wagtailadmin_choose_page": {"target_pages[]": _page(Insider.knows)},
    "wagtailadmin_choose_page_child": {"target_pages[]": _page(Insider.knows)},
    **{
        f"wagtailadmin_api:pages:{view}": {
            name: _page(Insider.reaches)
            for name in ("id", "child_of", "descendant_of", "ancestor_of", "translation_of")
        }
        for view in ("listing", "find")
    },
}
"""Keys behind the question mark."""
POSTED: Final[Mapping[str, Mapping[str, Make]]] = {
    "wagtailadmin_pages:copy": {"new_parent_page": _page(Insider.reaches)},
    "wagtailadmin_pages:move": {"new_parent_page": _page(Insider.reaches)},
    "wagtailadmin_pages:choose_parent": {"parent_page": _page(Insider.reaches)},
    "wagtailadmin_api:pages:action": {"destination_page_id": _page(Insider.reaches)},
}
"""Keys in what is sent."""
MODELS: Final[Mapping[str, Make]] = {
    "wagtailcore.page": _page(Insider.knows),
    "core.picture": _file(Picture),
    "core.file": _file(File),
}
"""Objects that bulk actions and editing sessions name by their model."""


FILES: Final[Mapping[str, type[Model]]] = {"image_id": Picture, "document_id": File, "doc_id": File}
DELETIONS: Final = frozenset(
    f"{space}:delete{many}" for space in ("wagtailimages", "wagtaildocs") for many in ("", "_multiple")
)
FILE_MODELS: Final[Mapping[str, type[Model]]] = {"core.picture": Picture, "core.file": File}
OF_MODERATORS: Final = frozenset(
    f"wagtailadmin_reports:{name}{part}" for name in ("site_history", "page_types_usage") for part in ("", "_results")
)
"""Reports that count or name everybody's work and take no narrowing."""


def register_page(address: str, argument: str = "pk", depth: Depth = Insider.knows) -> None:
    """Let another room say that an argument of one of its addresses is a page, and how well it must be known."""
    IN_PLACE[address, argument] = _page(depth)


def demands(request: HttpRequest, match: ResolverMatch) -> list[Demand]:
    """Everything that must be known to be asked for at this address."""
    everything = [Everything("all")] if match.view_name in OF_MODERATORS else []
    named = [*_arguments(match), *_queries(request, match.view_name), *_by_model(request, match)]
    return [*everything, *named, *(_deletions(request, match) if request.method == "POST" else ())]


def _arguments(match: ResolverMatch) -> Iterator[Demand]:
    namespace = ":".join(match.namespaces)
    for name, value in match.kwargs.items():
        make = IN_PLACE.get((match.view_name, name)) or IN_PLACE.get((namespace, name)) or ARGUMENTS.get(name)
        if make is not None and value is not None:
            yield make(str(value))


def _queries(request: HttpRequest, view: str) -> Iterator[Demand]:
    for name, make in QUERIES.get(view, {}).items():
        yield from (make(value) for value in request.GET.getlist(name) if value not in {"", "root"})
    if request.method == "POST" and view in POSTED:
        sent = _sent(request)
        yield from (make(str(sent[name])) for name, make in POSTED[view].items() if sent.get(name))


def _sent(request: HttpRequest) -> Mapping[str, Any]:
    if request.content_type != "application/json":
        return request.POST
    try:
        sent = json.loads(request.body)
    except ValueError:
        return {}
    return sent if isinstance(sent, dict) else {}


def _by_model(request: HttpRequest, match: ResolverMatch) -> Iterator[Demand]:
    label = f"{match.kwargs.get('app_label')}.{match.kwargs.get('model_name')}"
    make = MODELS.get(label) or (MODELS["wagtailcore.page"] if "object_id" in match.kwargs else None)
    if make is None:
        return
    if match.view_name == "wagtailadmin_editing_sessions:ping":
        yield make(str(match.kwargs["object_id"]))
    elif match.view_name == "wagtail_bulk_action":
        keys = request.GET.getlist("id")
        yield from (make(key) for key in keys if key != "all")
        if "all" in keys and label == "wagtailcore.page":
            parent = request.GET.get("childOf")
            yield make(parent) if parent else Everything("all")


def _deletions(request: HttpRequest, match: ResolverMatch) -> Iterator[Demand]:
    if match.view_name == "wagtail_bulk_action" and match.kwargs["action"] == "delete":
        model = FILE_MODELS.get(f"{match.kwargs['app_label']}.{match.kwargs['model_name']}")
        yield from (DeletionDemand(key, model) for key in request.GET.getlist("id") if model is not None)
    elif match.view_name in DELETIONS:
        yield from (DeletionDemand(str(key), FILES[name]) for name, key in match.kwargs.items() if name in FILES)
