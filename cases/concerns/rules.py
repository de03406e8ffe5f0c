"""Who may see a concern, and how much of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from cases.concerns.models import Concern
from cases.people import is_moderator, teams_of


def visible_to(user: Any) -> QuerySet[Concern]:
    """Moderators see all; a team sees what the reporter lets it see of the concerns about its own work."""
    if is_moderator(user):
        return Concern.objects.all()
    return Concern.objects.filter(Q(may_share=True) & Q(team__in=teams_of(user))).exclude(outcome=Concern.Outcome.SPAM)


def may_handle(user: Any, concern: Concern) -> bool:
    """Moderators, but nobody of the team that it is about: it may be about them."""
    return is_moderator(user) and concern.team_id not in teams_of(user)


def may_read_text(user: Any, concern: Concern) -> bool:
    """Whether this person may read message and address: of the team concerned only if the reporter agreed."""
    return concern.may_share or may_handle(user, concern)
