"""The entry that an address of the admin names."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from cases.models import EntryPage


def original_or_404(pk: int) -> EntryPage:
    """The original of an entry, whichever of its languages has this key. Raises `Http404`, for aliases too."""
    page = get_object_or_404(EntryPage.objects.select_related("original"), pk=pk, alias_of=None)
    source: EntryPage = (page.original or page).specific
    return source
