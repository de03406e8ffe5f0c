"""Suggestions while typing: titles, terms and organisations, by the beginning of any of their words.

The number of SQL is the same for whatever is typed. What may not be found is asked of the database each time, so that
a withdrawn entry is not suggested from the moment it is withdrawn, and is not counted either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import and_
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import CaseStudyPage, EntryPage, EntryTerm, MethodPage, Organisation, Partnership
from cases.terms import Label, TermRow, Terms, current_terms
from core.visibility import findable
from search.facets import FACETS, Facet
from search.query import Query
from search.suggestions.matching import Typed
from search.suggestions.titles import all_titles
from search.texts import padded

LIMIT = 10
SHARES = (4, 4, 2)
"""Places of titles that begin with what was typed, of terms and of organisations, while there is more of the others."""
CANDIDATES = 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion: its text with its language (empty where nobody knows), what it is, where it leads."""

    text: str
    lang: str
    kind: str | Promise
    url: str
    count: int | None = None


def suggest(raw: str, language: str, limit: int = LIMIT) -> list[Suggestion]:
    """What may be meant by a text that is still being typed, best first; nothing for a text without words."""
    typed = Typed.read(raw)
    if not typed:
        return []
    first, others = _titles(typed, language)
    groups = (first, _terms(typed, language), _organisations(typed))
    chosen = [suggestion for group, share in zip(groups, SHARES, strict=True) for suggestion in group[:share]]
    rest = [*others, *(suggestion for group, share in zip(groups, SHARES, strict=True) for suggestion in group[share:])]
    return [*chosen, *rest][:limit]


def _titles(typed: Typed, language: str) -> tuple[list[Suggestion], list[Suggestion]]:
    """Titles that begin with what was typed, and others that hold it; each entry once."""
    titles = all_titles()
    words, languages = titles.words, titles.languages
    found = typed.fitting(words)
    found.sort(key=lambda pk: (not typed.begins(words[pk]), languages[pk] != language, words[pk], pk))
    pages = findable(EntryPage.objects.filter(pk__in=found[:CANDIDATES])).select_related("locale").in_bulk()
    shown: dict[Any, tuple[bool, Suggestion]] = {}
    for page in (pages[pk] for pk in found[:CANDIDATES] if pk in pages):
        lang = page.locale.language_code
        suggestion = Suggestion(page.title, lang, _("Entry"), page.get_url() or "")
        shown.setdefault(page.translation_key, (typed.begins(padded(page.title)), suggestion))
    rows = list(shown.values())
    return [row for begins, row in rows if begins], [row for begins, row in rows if not begins]


@dataclass(frozen=True, slots=True)
class _Named:
    """A term as it can be typed: its folded labels in all languages."""

    facet: Facet
    row: TermRow
    labels: tuple[str, ...]


@lru_cache(maxsize=2)
def _named_terms(version: str) -> tuple[_Named, ...]:
    """Terms of the facets that are about the entries themselves; the version keys the cache."""
    terms = current_terms()
    return tuple(
        _Named(facet, row, tuple(padded(label) for label in row.labels.values()))
        for facet in FACETS.values()
        if facet.field
        for vocabulary in facet.vocabularies
        for row in terms.of(vocabulary)
    )


def _terms(typed: Typed, language: str) -> list[Suggestion]:
    terms = current_terms()
    fitting = [named for named in _named_terms(terms.version) if any(typed.fits(label) for label in named.labels)]
    fitting.sort(key=lambda named: _closeness(named, typed, language))
    fitting = fitting[:CANDIDATES]
    counts = _counts(terms, fitting)
    shown = [(named, count) for named, count in zip(fitting, counts, strict=True) if count]
    return [_term(named, count, language) for named, count in shown]


def _closeness(named: _Named, typed: Typed, language: str) -> tuple[bool, bool, int]:
    own = padded(named.row.label(language))
    return not typed.begins(own), not typed.fits(own), len(own)


def _term(named: _Named, count: int, language: str) -> Suggestion:
    label: Label = named.row.label(language)
    url = Query().with_value(named.facet.parameter, named.row.code).url()
    return Suggestion(label.text, label.lang, named.facet.title, reverse("search:search") + url, count)


def _counts(terms: Terms, fitting: Sequence[_Named]) -> list[int]:
    """Findable entries of each term and of all below it, by one SQL."""
    originals = findable(EntryPage.objects.filter(original__isnull=True)).order_by().values("pk")
    chosen = [Q(field=named.facet.field, term__in=list(_family(terms, named.row))) for named in fitting]
    counts = {f"n{number}": Count("entry", distinct=True, filter=part) for number, part in enumerate(chosen)}
    if not counts:
        return []
    found = EntryTerm.objects.filter(entry__in=originals).order_by().aggregate(**counts)
    return [found[name] for name in counts]


def _family(terms: Terms, row: TermRow) -> Iterator[int]:
    yield row.id
    for child in terms.children(row.id):
        yield from _family(terms, child)


def _organisations(typed: Typed) -> list[Suggestion]:
    """Organisations that have a part in a findable entry; the others are not named."""
    named = Organisation.objects.filter(reduce(and_, _holding(typed))).filter(_has_part())
    return [
        Suggestion(row.name, "", _("Organisation"), reverse("search:organisation", args=[row.slug]))
        for row in named.order_by("search_name", "pk")[:LIMIT]
    ]


def _holding(typed: Typed) -> Iterable[Q]:
    for word in typed.words:
        yield Q(search_name__startswith=word) | Q(search_name__contains=f" {word}")


def _has_part() -> Q:
    """An organisation leads, owns or takes part in a findable entry."""
    led: QuerySet[Any] = CaseStudyPage.objects.filter(lead_organisation=OuterRef("pk"))
    owned: QuerySet[Any] = MethodPage.objects.filter(owner_organisation=OuterRef("pk"))
    originals = findable(EntryPage.objects.filter(original__isnull=True)).order_by().values("pk")
    shared = Partnership.objects.filter(organisation=OuterRef("pk"), entry__in=originals)
    return Q(Exists(findable(led))) | Q(Exists(findable(owned))) | Q(Exists(shared))
