"""Connects teams and their people to the rest; called once by the app."""

from __future__ import annotations

from datetime import timedelta

from accounts.invitations import accepted
from cases.members import mails
from cases.members.entry_files import register_policies
from cases.members.memberships import welcome
from cases.members.requests import answers
from cases.members.requests.admin import put_on_desk
from core.chores import register_chore


def install() -> None:
    """Make the mails and the rule of files known, and listen to accepted invitations."""
    mails.register_kinds()
    register_policies()
    put_on_desk()
    register_chore("forget answered requests for an account", answers.forget_old, timedelta(days=1))
    accepted.connect(welcome, dispatch_uid="cases.members.welcome")
