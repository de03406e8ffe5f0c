"""Suggests keywords while one types: those of pages and files that the person may know, not those of others' drafts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from taggit.models import Tag, TaggedItem
from wagtail.permissions import policy_registry

from core.access.knowledge import USE, knows_all
from core.models import File, Picture

Known = Callable[[QuerySet[Any], Any], QuerySet[Any]]
MOST: Final = 10
_known: dict[str, tuple[type[Model], Known]] = {}


def register_tags(model: type[Model], known: Known) -> None:
    """Let another room say which tags of its own a person may know: `known(tags, user)`."""
    _known[model._meta.label_lower] = (model, known)


def _of_files(tags: QuerySet[Any], user: Any) -> QuerySet[Any]:
    used = Q()
    for model in (Picture, File):
        usable = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, USE)
        used |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=usable.values("pk"))
    return tags.filter(pk__in=TaggedItem.objects.filter(used).values("tag"))


register_tags(Tag, _of_files)


@require_safe
def suggest(request: HttpRequest, app_name: str = "taggit", model_name: str = "tag") -> JsonResponse:
    """Names of tags that begin with what was typed."""
    if f"{app_name}.{model_name}" not in _known:
        raise Http404
    model, known = _known[f"{app_name}.{model_name}"]
    typed = request.GET.get("term", "")
    tags = model._default_manager.filter(name__istartswith=typed) if typed else model._default_manager.none()
    tags = tags if knows_all(request.user) else known(tags, request.user)
    return JsonResponse(list(tags.order_by("name").values_list("name", flat=True)[:MOST]), safe=False)
