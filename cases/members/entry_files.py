"""Which files belong to an entry, and who may change them: whoever edits the entry, co-author teams too."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.functions import Cast

from wagtail.models import Page, ReferenceIndex
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from cases import people
from cases.models import EntryPage
from core.models import File, Picture

Stored = File | Picture
CO_AUTHORS_MAY = frozenset({"change", "choose"})


class EntryFilesPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's rule by collections; besides, co-authors change and choose the files of the entry they edit.

    Only files in the collection of the entry's own team: naming a stranger's file in an entry opens nothing.
    """

    def user_has_any_permission_for_instance(self, user: Any, actions: Collection[str], instance: Any) -> bool:
        if super().user_has_any_permission_for_instance(user, actions, instance):
            return True
        return bool(CO_AUTHORS_MAY & set(actions)) and self._shared(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> QuerySet[Any]:
        found: QuerySet[Any] = super().instances_user_has_any_permission_for(user, actions)
        if user.is_superuser or not CO_AUTHORS_MAY & set(actions) or not people.coauthored_by(user):
            return found
        own = Q(pk__in=found.order_by().values("pk")) | Q(pk__in=self._shared(user).order_by().values("pk"))
        return self.model._default_manager.filter(own)

    def _shared(self, user: Any) -> QuerySet[Any]:
        """Files of entries of which the person is a co-author."""
        keys = people.coauthored_by(user)
        if not keys:
            return self.model._default_manager.none()
        entries = EntryPage.objects.filter(translation_key__in=keys)
        files = used_by(self.model, entries)
        return files.filter(collection__country_team__in=entries.order_by().values("team"))


def used_by(model: type[Stored], entries: QuerySet[EntryPage]) -> QuerySet[Any]:
    """The files of this model that the live rows of entries name: attached, as cover, in the story, of consent."""
    keys = [str(key) for key in entries.order_by().values_list("pk", flat=True)]
    references = ReferenceIndex.objects.filter(
        base_content_type=ReferenceIndex._get_base_content_type(Page),
        object_id__in=keys,
        to_content_type=ContentType.objects.get_for_model(model),
    )
    return model.objects.filter(pk__in=references.values(file=Cast("to_object_id", BigIntegerField())))


def named_in_drafts(model: type[Stored], pages: Iterable[Any]) -> set[int]:
    """Keys of the files that the newest revisions of pages name; they may be ahead of the live rows."""
    wanted = ContentType.objects.get_for_model(model).pk
    found = set()
    for page in pages:
        draft = page.get_latest_revision_as_object()
        for content_type, key, _model_path, _content_path in ReferenceIndex._extract_references_from_object(draft):
            if content_type == wanted:
                found.add(int(key))
    return found


def register_policies() -> None:
    """Let our rule come before Wagtail's; for the exact classes, as Wagtail registers its own after us."""
    picture = EntryFilesPolicy(Picture, auth_model="wagtailimages.Image", owner_field_name="uploaded_by_user")
    file = EntryFilesPolicy(File, auth_model="wagtaildocs.Document", owner_field_name="uploaded_by_user")
    register_permission_policy(Picture, picture, exact_class=True)
    register_permission_policy(File, file, exact_class=True)
