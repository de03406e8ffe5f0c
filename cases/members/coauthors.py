"""Co-author teams of an entry: Wagtail's permission to change each of its pages follows `EntryPage.co_teams`.

The permission hangs on the pages themselves, so that explorer, choosers and bulk actions of Wagtail know of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from wagtail.models import GroupPagePermission

from cases.models import CountryTeam, EntryPage

MAY: Final = "change_page"
DONE: Final = frozenset({"post_add", "post_remove", "post_clear"})


def followed(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: Collection[int] | None, **_kwargs: Any
) -> None:
    """Open or close pages after teams were added or removed; a receiver of `m2m_changed`."""
    if action not in DONE:
        return
    if isinstance(instance, EntryPage):
        follow([instance.translation_key])
    elif pk_set is None:
        follow(_open_to(instance))
    else:
        follow(EntryPage.objects.filter(pk__in=pk_set).order_by().values_list("translation_key", flat=True))


def joined(instance: EntryPage, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    """Open a new translation to the co-authors of its original; a receiver of `post_save`."""
    if created and not raw and isinstance(instance, EntryPage) and instance.original_id:
        follow([instance.translation_key])


def follow(keys: Iterable[UUID]) -> None:
    """Bring the permissions on all pages of these entries level with their co-author teams; a few SQL for all."""
    wanted_keys = list(keys)
    with transaction.atomic():
        wanted = set(_wanted(wanted_keys))
        rows = _rows().filter(page__translation_key__in=wanted_keys)
        found = {(page, group): key for key, page, group in rows.values_list("pk", "page_id", "group_id")}
        surplus = [key for pair, key in found.items() if pair not in wanted]
        GroupPagePermission.objects.filter(pk__in=surplus).delete()
        if missing := wanted - found.keys():
            may = Permission.objects.get(content_type__app_label="wagtailcore", codename=MAY)
            GroupPagePermission.objects.bulk_create(
                GroupPagePermission(page_id=page, group_id=group, permission=may) for page, group in sorted(missing)
            )


def _wanted(keys: list[UUID]) -> Iterable[tuple[int, int]]:
    """Pairs of page and group. An archived team writes nothing, here neither."""
    teams = EntryPage.co_teams.through.objects.filter(
        entrypage__translation_key__in=keys, countryteam__archived_at=None
    )
    pairs = list(teams.values_list("entrypage__translation_key", "countryteam__code"))
    names = {name: code for code in {code for _, code in pairs} for name in CountryTeam(code=code).group_names}
    groups: dict[str, list[int]] = {}
    for pk, name in Group.objects.filter(name__in=names).values_list("pk", "name"):
        groups.setdefault(names[name], []).append(pk)
    pages = EntryPage.objects.filter(translation_key__in=[key for key, _ in pairs]).order_by()
    for page, translation_key in pages.values_list("pk", "translation_key"):
        for key, code in pairs:
            if key == translation_key:
                yield from ((page, group) for group in groups.get(code, ()))


def _open_to(team: CountryTeam) -> list[UUID]:
    rows = _rows().filter(group__name__in=team.group_names)
    return list(rows.values_list("page__translation_key", flat=True).distinct())


def _rows() -> Any:
    """Permissions of teams on single entries; those on a team's page are another matter."""
    ours = Q(group__name__startswith="team:") | Q(group__name__startswith="team-lead:")
    return GroupPagePermission.objects.filter(
        ours, page__in=EntryPage.objects.order_by().values("pk"), permission__codename=MAY
    )
