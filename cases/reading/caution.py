"""What a reader is told before reading on, and the way out for somebody who must not be seen reading it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.translation import get_language

from cases import derived
from cases.models import CaseStudyPage
from cases.reading.items import Item, of_term
from cases.reading.texts import NO_TEXT, Text
from cases.terms import FALLBACK


@dataclass(frozen=True, slots=True)
class Caution:
    """Why a case warns: the themes of violence it tells of, and the reason of the mark “sensitive”."""

    violence: tuple[Item, ...]
    sensitive: bool
    reason: Text

    def __bool__(self) -> bool:
        return bool(self.violence) or self.sensitive

    @property
    def exit_url(self) -> str:
        """The neutral page to which the quick exit leads, in the reader's language where the setting has a place."""
        language = (get_language() or FALLBACK).split("-")[0]
        return str(settings.QUICK_EXIT_URL).replace("{language}", language)


NONE: Final = Caution((), False, NO_TEXT)
"""Nothing to warn of: for pages that offer the exit all the same."""


def of_case(case: CaseStudyPage, today: CaseStudyPage | None = None) -> Caution:
    """The caution of a case; of an old version also what its page of `today` warns of."""
    themes = [term for each in (case, today) if each is not None for term in derived.violence(each)]
    violence = tuple(of_term(term) for term in dict.fromkeys(themes))
    return Caution(violence, case.sensitive, Text(case.sensitive_reason, case.locale.language_code))
