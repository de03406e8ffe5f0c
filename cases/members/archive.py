"""Archiving a team: what it published stays, its members read, nobody writes for it; and back again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from wagtail.log_actions import log
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from accounts.invitations import cancel
from cases.members import coauthors, mails
from cases.members.memberships import open_invitations
from cases.models import CountryTeam, EntryPage
from cases.teams import grant_rights


@transaction.atomic
def archive(team: CountryTeam, by: Any) -> bool:
    """Take the right to add away and void invitations; False when it is archived already.

    Members keep Wagtail's right to change, without which the admin would show them nothing; a lock keeps their entries
    as they are (see `cases.members.locks`).
    """
    current = CountryTeam.objects.select_for_update().get(pk=team.pk)
    if current.archived_at is not None:
        return False
    current.archived_at = timezone.now()
    current.save(update_fields=["archived_at"])
    groups = current.groups()
    GroupPagePermission.objects.filter(
        group__in=groups, page__in=current.pages.values("pk"), permission__codename="add_page"
    ).delete()
    GroupCollectionPermission.objects.filter(group__in=groups).exclude(
        permission__codename__startswith="choose_"
    ).delete()
    for invitation in open_invitations(current):
        cancel(invitation)
    _follow_co_authors(current)
    log(current, "cases.team.archive", user=by)
    mails.archived(current, restored=False)
    return True


@transaction.atomic
def restore(team: CountryTeam, by: Any) -> bool:
    """Give back what archiving took; False when the team is not archived."""
    current = CountryTeam.objects.select_for_update().get(pk=team.pk)
    if current.archived_at is None:
        return False
    current.archived_at = None
    current.save(update_fields=["archived_at"])
    grant_rights(current)
    _follow_co_authors(current)
    log(current, "cases.team.restore", user=by)
    mails.archived(current, restored=True)
    return True


def _follow_co_authors(team: CountryTeam) -> None:
    """An archived team is no co-author either; it is one again when it comes back."""
    entries = EntryPage.objects.filter(co_teams=team).order_by()
    coauthors.follow(entries.values_list("translation_key", flat=True))
