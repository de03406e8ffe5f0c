"""Entries that are probably of the same initiative as the one being written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from rapidfuzz import fuzz, process

from cases import addresses
from cases.authoring.own import drafts_known_to
from cases.models import CaseStudyPage, EntryPage, EntryTerm
from core.text import tokens
from core.visibility import findable

if TYPE_CHECKING:
    from accounts.models import User

SHOWN: Final = 3
LIKELY: Final = 82
WORTH_A_LOOK: Final = 55
SAME_COUNTRY, OTHER_COUNTRY, SAME_LEAD = 10, -20, 18
"""What countries and lead organisation add to the likeness of two titles, which is 0 to 100."""
LEAST_WORDS, WORDS_OF_A_PART, PART_OF = 2, 3, 0.9
"""One word says too little: half of all titles hold “data”."""
LOOKED_AT: Final = 50
SAME_FACTS: Final = ("same_country", "other_country", "same_lead")


@dataclass(frozen=True, slots=True)
class Like:
    """An entry that may be of the same initiative, and where this person reads it."""

    title: str
    url: str
    is_draft: bool


def likely_duplicates(entry: EntryPage, user: User) -> list[Like]:
    """The entries most like `entry`, as it stands in memory, among those that `user` may know of; one SQL.

    Published ones, and drafts of the own teams: what another team has not published is never named.
    """
    words = " ".join(tokens(entry.title))
    if entry.is_translation or words.count(" ") + 1 < LEAST_WORDS:
        return []
    rows = {row["pk"]: row for row in _known(entry, user)}
    titles = {pk: " ".join(tokens(row["shown_title"])) for pk, row in rows.items()}
    similar = process.extract(words, titles, scorer=_similarity, score_cutoff=WORTH_A_LOOK, limit=LOOKED_AT)
    scores = {pk: score + _facts(rows[pk]) for _title, score, pk in similar}
    best = sorted((pk for pk, score in scores.items() if score >= LIKELY), key=lambda pk: (-scores[pk], pk))
    each_once = {rows[pk]["original_id"] or pk: pk for pk in reversed(best)}  # of its languages, the most like one
    return [_like(rows[pk]) for pk in best if pk in each_once.values()][:SHOWN]


def _known(entry: EntryPage, user: User) -> Iterable[dict[str, Any]]:
    """All titles of entries of this kind, in all languages, but for those of the entry itself."""
    pages, mine = type(entry)._default_manager.order_by(), drafts_known_to(user)
    public = Q(pk__in=findable(pages.all()).values("pk"))
    known = pages.filter(mine | public, alias_of=None).exclude(translation_key=entry.translation_key)
    return known.annotate(
        shown_title=Case(When(mine, then=F("draft_title")), default=F("title"), output_field=CharField()),
        is_own=Case(When(mine, then=True), default=False),
        **_same_facts(entry),
    ).values("pk", "original_id", "shown_title", "is_own", "live", "reference", *SAME_FACTS)


def _same_facts(entry: EntryPage) -> dict[str, Any]:
    """What the entries have in common beside the title, read from the original of each."""
    countries = EntryTerm.objects.filter(field="countries", entry=Coalesce(OuterRef("original_id"), OuterRef("pk")))
    own = [term.id for term in entry.chosen("countries")] if entry.kind == "case" else []
    lead = CaseStudyPage.objects.filter(pk=Coalesce(OuterRef("original_id"), OuterRef("pk")))
    leader = getattr(entry, "lead_organisation_id", None)
    return {
        "same_country": Exists(countries.filter(term__in=own)),
        "other_country": Exists(countries) if own else Value(False),
        "same_lead": Exists(lead.filter(lead_organisation=leader)) if leader else Value(False),
    }


def _facts(row: Mapping[str, Any]) -> int:
    """What they add to the likeness of the titles."""
    countries = SAME_COUNTRY if row["same_country"] else OTHER_COUNTRY if row["other_country"] else 0
    return countries + (SAME_LEAD if row["same_lead"] else 0)


def _similarity(one: str, other: str, **_options: Any) -> float:
    """How like two folded titles are; one that holds the other whole is nearly the same, if it is not very short."""
    whole = fuzz.token_sort_ratio(one, other)
    if min(one.count(" "), other.count(" ")) + 1 < WORDS_OF_A_PART:
        return whole
    return max(whole, PART_OF * fuzz.token_set_ratio(one, other))


def _like(row: Mapping[str, Any]) -> Like:
    """Own entries open in the editor, those of others where visitors read them."""
    edit = reverse("wagtailadmin_pages:edit", args=[row["pk"]])
    url = edit if row["is_own"] else addresses.permanent(row["reference"])
    return Like(row["shown_title"], url, is_draft=not row["live"])
