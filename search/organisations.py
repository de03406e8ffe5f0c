"""Which findable entries an organisation leads, owns or takes part in."""

from __future__ import annotations

from collections import Counter, defaultdict

from cases.models import CaseStudyPage, EntryPage, EntryTerm, MethodPage, Organisation, Partnership
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


def organisations_in(country: TermRow) -> list[tuple[Organisation, int]]:
    """Who has a part in findable entries of a country and in how many of them, most first; two SQL."""
    terms = current_terms()
    merged = [row.id for row in terms.of(country.vocabulary, retired=True) if terms.resolve(row.id) == country]
    named = EntryTerm.objects.filter(field="countries", term_id__in=merged).values("entry_id")
    entries = findable(EntryPage.objects.filter(original__isnull=True, pk__in=named)).order_by().values("pk")
    led = CaseStudyPage.objects.filter(pk__in=entries).values_list("lead_organisation_id", "pk")
    owned = MethodPage.objects.filter(pk__in=entries).values_list("owner_organisation_id", "pk")
    shared = Partnership.objects.filter(entry__in=entries).values_list("organisation_id", "entry_id")
    counts = Counter(pk for pk, _entry in led.order_by().union(owned.order_by(), shared.order_by()) if pk)
    rows = Organisation.objects.only("pk", "name", "slug").in_bulk(counts)
    return sorted(((row, counts[pk]) for pk, row in rows.items()), key=lambda pair: (-pair[1], fold(pair[0].name)))
