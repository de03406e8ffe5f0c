"""An entry belongs to the team under whose page it stands."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.dispatch import Signal

from cases.models import CountryTeamPage, EntryPage

# Arguments: key (translation key of the entry). Sent inside the transaction that gave the entry another team.
team_followed = Signal()


def follow_team(instance: Any, parent_page_after: Any, **_kwargs: Any) -> None:
    """Give a moved entry the team of its new parent; its reference stays. Connected to `post_page_move`."""
    team_page = CountryTeamPage.objects.filter(pk=parent_page_after.pk).first()
    if team_page is not None:
        with transaction.atomic():
            if EntryPage.objects.filter(pk=instance.pk).update(team_id=team_page.team_id):
                team_followed.send(sender=EntryPage, key=instance.translation_key)
