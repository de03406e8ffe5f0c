"""What this part adds at the start: kinds of mail, and the chore that keeps counts of gaps level with the rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction

from cases.authoring import comments, proposals
from cases.models import EntryPage
from cases.models.progress import record
from core import chores

EVERY: Final = timedelta(days=1)


def register() -> None:
    """Called in `AppConfig.ready`."""
    proposals.register_mails()
    comments.register_mail()
    chores.register_chore("cases.progress", count_again, EVERY)


def count_again() -> None:
    """Count gaps and completeness of every draft anew: a term that was retired, or a new rule, changes them unseen."""
    for page in EntryPage.objects.filter(alias_of=None).order_by("pk").iterator():
        with transaction.atomic():
            record(page.get_latest_revision_as_object())
