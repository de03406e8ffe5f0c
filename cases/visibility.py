"""What the repository adds to `core.visibility`: a translation can be found only with its original."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from cases.models import EntryPage
from core.visibility import released, restrictions

ORIGINAL = "original__"


def with_its_original() -> Q:
    """True of every page but translations whose original is a draft, under embargo, expired or restricted.

    Withdrawal needs no word here: it is of the translation key, which all translations share.
    """
    translations = EntryPage.objects.filter(pk=OuterRef("pk"), original__isnull=False)
    return ~Exists(translations.exclude(released(ORIGINAL))) & ~Exists(
        translations.filter(Exists(restrictions(ORIGINAL)))
    )
