"""Which findable entries an organisation leads, owns or takes part in."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.db.models import QuerySet

from cases import addresses
from cases.models import CaseStudyPage, CountryTeamPage, EntryPage, EntryTerm, MethodPage, Organisation, Partnership
from cases.reading.finding import home_paths
from cases.terms import TermRow, current_terms
from core.text import fold
from core.visibility import findable


def entries_by_organisation() -> dict[int, set[str]]:
    """Keys of findable entries by organisation; four SQL."""
    originals = findable(EntryPage.objects.filter(original__isnull=True))
    keys = {pk: str(key) for pk, key in originals.values_list("pk", "translation_key")}
    pairs = [
        *CaseStudyPage.objects.values_list("lead_organisation_id", "pk"),
        *MethodPage.objects.values_list("owner_organisation_id", "pk"),
        *Partnership.objects.values_list("organisation_id", "entry_id"),
    ]
    found: dict[int, set[str]] = defaultdict(set)
    for organisation, entry in pairs:
        if organisation is not None and entry in keys:
            found[organisation].add(keys[entry])
    return found


def entries_of(organisation: Organisation) -> frozenset[str]:
    """Keys of the entries in which this organisation has a part, findable or not; one SQL."""
    led = CaseStudyPage.objects.filter(lead_organisation=organisation).values_list("translation_key")
    owned = MethodPage.objects.filter(owner_organisation=organisation).values_list("translation_key")
    shared = Partnership.objects.filter(organisation=organisation).values_list("entry__translation_key")
    parts = (led.order_by(), owned.order_by(), shared.order_by())
    return frozenset(str(key) for (key,) in parts[0].union(*parts[1:]))


def organisations_in(country: TermRow) -> list[tuple[str, str, int]]:
    """Who has a part in findable entries of a country: name, slug and number of entries, most first; one SQL."""
    named = EntryTerm.objects.filter(field="countries", term_id__in=_merged(country)).values("entry_id")
    entries = findable(EntryPage.objects.filter(original__isnull=True, pk__in=named)).order_by().values("pk")
    led = _named(CaseStudyPage.objects.filter(pk__in=entries), "lead_organisation", "pk")
    owned = _named(MethodPage.objects.filter(pk__in=entries), "owner_organisation", "pk")
    shared = _named(Partnership.objects.filter(entry__in=entries), "organisation", "entry_id")
    counts = Counter((name, slug) for name, slug, _entry in led.union(owned, shared) if slug)
    rows = [(name, slug, count) for (name, slug), count in counts.items()]
    return sorted(rows, key=lambda row: (-row[2], fold(row[0]), row[1]))


def _named(rows: QuerySet[Any], organisation: str, entry: str) -> QuerySet[Any, tuple[Any, ...]]:
    return rows.order_by().values_list(f"{organisation}__name", f"{organisation}__slug", entry)


def teams_of(country: TermRow, language: str) -> list[tuple[str, str]]:
    """Names and addresses of the teams that speak for a country, in the reader's language; one SQL."""
    pages = findable(
        CountryTeamPage.objects.filter(team__countries__in=_merged(country), locale__language_code=language)
    )
    rows = pages.order_by("title", "pk").values_list("title", "url_path").distinct()
    return [(title, addresses.of_page(path, language, home_paths(None))) for title, path in rows]


def _merged(country: TermRow) -> list[int]:
    """Keys of the term and of all that were merged into it."""
    terms = current_terms()
    return [row.id for row in terms.of(country.vocabulary, retired=True) if terms.resolve(row.id) == country]
