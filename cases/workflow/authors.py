"""Who had a hand in the draft of an entry."""

from __future__ import annotations

from wagtail.models import Revision

from cases.workflow.models import Clearance


def last_cleared(entry_id: int) -> int:
    """Key of the newest revision that was cleared to go live, 0 when none was."""
    keys = Clearance.objects.filter(entry=entry_id).order_by("-revision")
    return keys.values_list("revision_id", flat=True).first() or 0


def authors(entry_id: int) -> frozenset[int]:
    """Keys of the accounts that saved a revision since the last one that was cleared; two SQL."""
    since = Revision.page_revisions.filter(object_id=str(entry_id), pk__gt=last_cleared(entry_id))
    return frozenset(since.exclude(user=None).order_by().values_list("user_id", flat=True))
