"""What to do when something that was approved for a time does not go live then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from cases.gates import GapsRemain
from cases.models import Clearance, EntryPage
from cases.workflow import history, mails

if TYPE_CHECKING:
    from wagtail.models import Revision


@transaction.atomic
def failed(revision: Revision, error: Exception) -> None:
    """Note the reason and tell editors and the team, once for each reason. Other pages than entries: nothing."""
    entry = EntryPage.objects.filter(pk=revision.object_id).select_related("team").first()
    if entry is None:
        return
    reasons = (
        [str(gap) for gap in error.gaps] if isinstance(error, GapsRemain) else [str(error) or type(error).__name__]
    )
    trouble = "\n".join(reasons)
    clearance = Clearance.objects.select_for_update().filter(revision=revision).first()
    if clearance is None or clearance.trouble == trouble:
        return
    clearance.trouble = trouble
    clearance.save(update_fields=["trouble"])
    history.note(history.FAILED, entry, None, revision, comment=trouble)
    mails.failed(entry, reasons)
