"""Makes the concerns known: their mails, their chore, their list on the desk."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from cases.concerns import receiving
from cases.concerns.handling import forget_reporters
from cases.concerns.listing import ConcernsList, concern_figures
from cases.desk.registry import Place, register
from core import mailing
from core.chores import register_chore


def install() -> None:
    """Called when the app is ready."""
    mailing.register_kind(receiving.URGENT_MAIL, _("Urgent concerns of visitors"), optional=False)
    mailing.register_kind(receiving.ANSWER_MAIL, _("Answers to concerns"), optional=False)
    register_chore("forget reporters", forget_reporters, timedelta(days=1))
    register(Place(ConcernsList, _("Concerns"), "warning", 30, concern_figures))
