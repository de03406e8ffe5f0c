"""The lock on pages of an archived team: Wagtail shows them, and lets nobody but editors change them."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from wagtail.locks import BaseLock


class ArchivedTeamLock(BaseLock):
    """Closed to members; to editors what another lock says, if there is one."""

    def __init__(self, page: Any, other: BaseLock | None) -> None:
        super().__init__(page)
        self.other = other

    def for_user(self, user: Any) -> bool:
        """Whether this person may only read."""
        from cases import people  # late: it needs the models, and the models this

        return not people.is_editor(user) or bool(self.other and self.other.for_user(user))

    def get_message(self, user: Any) -> str:
        return format_html("<b>{}</b>", _("The team “%(team)s” is archived.") % {"team": self.object.team})

    def get_locked_by(self, user: Any) -> str:
        return _("Team archived")

    def get_description(self, user: Any) -> str:
        return _("Members of the team read; only editors make changes")


class ArchivedWithTeam:
    """A mixin for pages with a `team`: locked while that is archived."""

    team: Any
    team_id: Any

    def get_lock(self) -> BaseLock | None:
        """Wagtail's own lock, or that of the archived team in front of it."""
        lock = super().get_lock()  # type: ignore[misc]
        return ArchivedTeamLock(self, lock) if self.team_id and self.team.archived_at else lock
