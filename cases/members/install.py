"""Connects teams and their people to the rest; called once by the app."""

from __future__ import annotations

from accounts.invitations import accepted
from cases.members import mails
from cases.members.entry_files import register_policies
from cases.members.memberships import welcome


def install() -> None:
    """Make the mails and the rule of files known, and listen to accepted invitations."""
    mails.register_kinds()
    register_policies()
    accepted.connect(welcome, dispatch_uid="cases.members.welcome")
