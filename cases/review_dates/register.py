"""What this room tells the others when Django is ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.review_dates import reminding
from core import mailing
from core.chores import register_chore


def register() -> None:
    """Called in `AppConfig.ready`."""
    mailing.register_kind(reminding.MAIL, _("Entries of your team are due for review"), optional=True)
    register_chore("review dates", reminding.remind, reminding.EVERY)
