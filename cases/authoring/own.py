"""Which entries are a person's own, in queries: those of the teams to which they belong, as author or co-author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from cases import people
from cases.models import EntryPage

if TYPE_CHECKING:
    from accounts.models import User


def own(user: User) -> Q:
    """The entries of the teams of `user`; of co-author teams too."""
    teams = people.teams_of(user)
    together = EntryPage.objects.filter(co_teams__in=teams).order_by().values("translation_key")
    return Q(team_id__in=teams) | Q(translation_key__in=together)


def drafts_known_to(user: User) -> Q:
    """The entries of which `user` may know the drafts: the own ones; moderators know all."""
    return Q(pk__isnull=False) if people.is_moderator(user) else own(user)
