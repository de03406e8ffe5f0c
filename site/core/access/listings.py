"""The admin's API, of which Wagtail's own scripts make lists."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Model, QuerySet

from taggit.managers import _TaggableManager
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.serializers import TagsField
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.api.v2.serializers import DocumentSerializer
from wagtail.images.api.admin.serializers import AdminImageSerializer
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

from core.access.knowledge import USE


class PagesAPI(PagesAdminAPIViewSet):
    """Pages, for the explorer. Wagtail's actions are left out: they ask less than the forms do that stand for them.

    A co-author would delete an entry by one, and an administrator translate past the rules of translations.
    """

    actions: ClassVar[dict[str, Any]] = {}


class ReadTags(TagsField):
    """Tags that were read with their objects: Wagtail asks for those of each."""

    def to_representation(self, value: Any) -> list[str]:
        return sorted(tag.name for tag in value.all())


class _ReadTags:
    def build_property_field(self, field_name: str, model_class: type[Model]) -> Any:
        if isinstance(getattr(model_class, field_name), _TaggableManager):
            return ReadTags, {}
        return super().build_property_field(field_name, model_class)  # type: ignore[misc]


class PictureSerializer(_ReadTags, AdminImageSerializer):
    """One picture."""


class FileSerializer(_ReadTags, DocumentSerializer):
    """One document."""


class _OwnFilesOnly:
    """Lists what the person may use: Wagtail's own lists name the files of every team to every other."""

    request: Any

    def get_queryset(self) -> QuerySet[Any]:
        files: QuerySet[Any] = super().get_queryset()  # type: ignore[misc]
        policy = policy_registry.get_by_type(files.model)
        usable = policy.instances_user_has_any_permission_for(self.request.user, USE)
        return files.filter(pk__in=usable.values("pk")).prefetch_related("tags")


class PicturesAPI(_OwnFilesOnly, ImagesAdminAPIViewSet):
    """Pictures, for Wagtail's own scripts."""

    base_serializer_class = PictureSerializer

    def get_queryset(self) -> QuerySet[Any]:
        pictures: Any = super().get_queryset()
        return pictures.prefetch_renditions("max-165x165")


class FilesAPI(_OwnFilesOnly, DocumentsAdminAPIViewSet):
    """Documents, for Wagtail's own scripts."""

    base_serializer_class = FileSerializer
