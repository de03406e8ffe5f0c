"""What is done with teams and with the teams of entries, for the history."""

from __future__ import annotations

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail.log_actions import LogActionRegistry, LogFormatter

ACTIONS: Final[dict[str, tuple[str | Promise, str | Promise]]] = {
    "cases.team.create": (_("Make team"), _("Made the team")),
    "cases.team.edit": (_("Change team"), _("Changed the team")),
    "cases.team.archive": (_("Archive team"), _("Archived the team")),
    "cases.team.restore": (_("Restore team"), _("Restored the team")),
    "cases.team.invite": (_("Invite member"), _("Invited %(who)s")),
    "cases.team.invite_again": (_("Send invitation again"), _("Sent the invitation of %(who)s again")),
    "cases.team.take_back": (_("Take invitation back"), _("Took the invitation of %(who)s back")),
    "cases.team.join": (_("Join team"), _("%(who)s joined the team")),
    "cases.team.remove": (_("Remove member"), _("Removed %(who)s")),
    "cases.team.make_lead": (_("Make member a lead"), _("Made %(who)s a lead")),
    "cases.team.make_expert": (_("Make lead an expert"), _("Made %(who)s an expert")),
    "cases.co_team.add": (_("Add co-author team"), _("Added %(team)s as a co-author")),
    "cases.co_team.remove": (_("Remove co-author team"), _("Removed %(team)s as a co-author")),
    "cases.transfer": (_("Transfer entry"), _("Transferred from %(from)s to %(to)s")),
    "cases.account_request.accept": (_("Accept request for an account"), _("Accepted the request")),
    "cases.account_request.refuse": (_("Refuse request for an account"), _("Refused the request: %(reason)s")),
}


def register_log_actions(actions: LogActionRegistry) -> None:
    """Name every action; what a message tells of comes from the data of the entry."""
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action)(_formatter(label, message))


def _formatter(label: str | Promise, message: str | Promise) -> type[LogFormatter]:
    class Formatter(LogFormatter):
        """Fills the data in; a gap where an old entry has none."""

        def format_message(self, log_entry: Any) -> str:
            """One line of the history."""
            return str(message) % _Gaps(log_entry.data or {})

    Formatter.label = label
    return Formatter


class _Gaps(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"
