"""Mail: written into an outbox in the transaction that it tells of, delivered after the commit, tried again if need be.

    mailing.register_kind("invitation", _("Invitations"), optional=False)     # in AppConfig.ready
    mailing.send("invitation", [user], {"team": team.name, "link": mailing.absolute("/admin/")})

The text is the template `mail/{kind}.txt`: its first line is the subject.
"""

from core.mailing.kinds import Kind, choices_of, kind, kinds, register_kind
from core.mailing.recipients import Address, register_preferences
from core.mailing.rendering import absolute
from core.mailing.sending import send

__all__ = [
    "Address",
    "Kind",
    "absolute",
    "choices_of",
    "kind",
    "kinds",
    "register_kind",
    "register_preferences",
    "send",
]
