"""Who may do what: the groups of the site and their permissions. Groups of country teams come with their team.

Wagtail's permission tester and the task types of the workflow rule on single pages; here stands what a role may do
anywhere. `ensure_roles` runs after every migration, so that a new version brings its new permissions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

REVIEWERS: Final = "Reviewers"
EDITORS: Final = "Editors"
ETHICS: Final = "Ethics moderators"
ROLES: Final = (REVIEWERS, EDITORS, ETHICS)

PAGE_PERMISSIONS: Final[Mapping[str, tuple[str, ...]]] = {
    EDITORS: ("add", "change", "publish", "lock", "unlock"),
    ETHICS: ("change",),
}
FILE_PERMISSIONS: Final[Mapping[str, tuple[str, ...]]] = {
    EDITORS: (
        "wagtailimages.add_image",
        "wagtailimages.change_image",
        "wagtailimages.choose_image",
        "wagtaildocs.add_document",
        "wagtaildocs.change_document",
        "wagtaildocs.choose_document",
    ),
    ETHICS: ("wagtailimages.choose_image", "wagtaildocs.choose_document"),
}
"""Wagtail asks for permissions on its stock models whatever models a site uses for pictures and documents."""

_model_permissions: defaultdict[str, set[str]] = defaultdict(set)


def grant(group: str, permissions: Iterable[str]) -> None:
    """Give a role permissions of another room (`app.codename`); takes effect with the next `migrate`."""
    _model_permissions[group].update(permissions)


for _role in ROLES:
    grant(_role, ["wagtailadmin.access_admin"])
grant(EDITORS, ["accounts.view_user", "core.view_queuedmail", "core.change_queuedmail"])


def ensure_roles(app_config: AppConfig, **_: Any) -> None:
    """Make the role groups and give them what belongs to this app; a receiver of `post_migrate`.

    Only adds: what an administrator granted besides stays.
    """
    create_permissions(app_config, verbosity=0)
    for role in ROLES:
        group = Group.objects.get_or_create(name=role)[0]
        group.permissions.add(*_permissions(_model_permissions[role], app_config.label))
    if app_config.label == "core":
        for label in ("wagtailcore", "wagtailimages", "wagtaildocs"):
            create_permissions(apps.get_app_config(label), verbosity=0)
        _grant_pages()
        _grant_files()


def _permissions(names: Iterable[str], app_label: str) -> list[Permission]:
    codenames = [name.split(".")[1] for name in names if name.split(".")[0] == app_label]
    return list(Permission.objects.filter(content_type__app_label=app_label, codename__in=codenames))


def _grant_pages() -> None:
    root = Page.get_first_root_node()
    if root is None:
        return
    for role, names in PAGE_PERMISSIONS.items():
        codenames = [f"{name}_page" for name in names]
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
            GroupPagePermission.objects.get_or_create(
                group=Group.objects.get(name=role), page=root, permission=permission
            )


def _grant_files() -> None:
    root = Collection.get_first_root_node()
    if root is None:
        return
    for role, names in FILE_PERMISSIONS.items():
        for permission in [*_permissions(names, "wagtailimages"), *_permissions(names, "wagtaildocs")]:
            GroupCollectionPermission.objects.get_or_create(
                group=Group.objects.get(name=role), collection=root, permission=permission
            )
