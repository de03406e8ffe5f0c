"""What a concern may be about: a published entry by its reference, or a team by its code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import Http404
from django.urls import reverse
from django.utils.translation import override

from cases.models import CountryTeam, CountryTeamPage, EntryPage
from core.models import Withdrawal
from core.visibility import findable
from core.withdrawals import at_address

TEAM: Final = "team-"


class SubjectWithdrawn(Exception):  # noqa: N818 - a state of the subject, answered with 410
    """The entry was withdrawn: there is nothing left to be concerned about."""

    def __init__(self, withdrawal: Withdrawal) -> None:
        self.withdrawal = withdrawal
        super().__init__()


@dataclass(frozen=True, slots=True)
class Subject:
    """A page that a visitor can see, in one language."""

    code: str
    title: str
    lang: str
    url: str
    team: CountryTeam
    entry: EntryPage | None = None


def find(code: str, language: str) -> Subject:
    """The subject with this code. Raises `Http404` for what nobody can see, `SubjectWithdrawn` for a tombstone."""
    if code.lower().startswith(TEAM):
        return _team(code.lower().removeprefix(TEAM), language)
    return _entry(code.upper(), language)


def address(code: str, language: str) -> str:
    """Where the form about a subject is, in a language."""
    with override(language):
        return reverse("concern", args=[code])


def _entry(reference: str, language: str) -> Subject:
    pages = findable(EntryPage.objects.filter(reference=reference).exclude(reference=""))
    found = {page.locale.language_code: page for page in pages.select_related("locale", "team").defer("story")}
    if not found:
        if withdrawal := at_address(f"/r/{reference}/"):
            raise SubjectWithdrawn(withdrawal)
        raise Http404
    original = next((page for page in found.values() if not page.is_translation), next(iter(found.values())))
    page = found.get(language, original)
    # A concern is about all languages: it hangs on the original.
    return Subject(reference, page.title, page.locale.language_code, page.get_url() or "", original.team, original)


def _team(code: str, language: str) -> Subject:
    pages = findable(CountryTeamPage.objects.filter(team__code=code)).select_related("locale", "team").order_by("pk")
    found = {page.locale.language_code: page for page in pages}
    if not found:
        raise Http404
    page = found.get(language) or next(iter(found.values()))
    return Subject(f"{TEAM}{code}", page.title, page.locale.language_code, page.get_url() or "", page.team)
