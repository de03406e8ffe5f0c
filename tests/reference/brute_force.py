"""Search by the plainest means: objects one by one, lists and loops. It shares no code with the engines but tokens."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from wagtail.models import PageViewRestriction

from cases.models import CaseStudyPage, EntryPage, MethodPage, Term
from core.models import Withdrawal
from core.text import fold, tokens

ABOUT = (
    "countries", "geographic_scope", "initiative_type", "themes", "sdgs", "population_groups", "collection_methods",
    "data_types",
)  # fmt: skip
FROM_TERMS = {
    "theme": "themes",
    "group": "population_groups",
    "initiative": "initiative_type",
    "sdg": "sdgs",
    "method": "collection_methods",
}
OTHERS = ("kind", "country", "stage", "participation", "official_use", "organisation_type", "language", "year", "tag")
PARAMETERS = (*FROM_TERMS, *OTHERS)


@dataclass
class Wanted:
    """A search in parts: runs of words to hold, runs not to hold, values by facet."""

    holds: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)
    chosen: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Found:
    """What the search should give."""

    keys: set[str]
    counts: dict[str, dict[str, int]]


@dataclass
class Thing:
    """One findable entry with all that is asked of it, gathered once."""

    key: str
    texts: list[list[str]]
    values: dict[str, set[str]]
    published: datetime | None
    language: str
    titles: dict[str, str]


def is_public(page: EntryPage) -> bool:
    now = timezone.now()
    if not page.live or (page.go_live_at and page.go_live_at > now) or (page.expire_at and page.expire_at <= now):
        return False
    for restriction in PageViewRestriction.objects.select_related("page"):
        if page.path.startswith(restriction.page.path):
            return False
    withdrawn = Withdrawal.objects.filter(restored_at=None)
    return all(withdrawal.translation_key != page.translation_key for withdrawal in withdrawn)


def gather() -> list[Thing]:
    """Every findable entry."""
    things = []
    for original in [*CaseStudyPage.objects.filter(original=None), *MethodPage.objects.filter(original=None)]:
        if is_public(original):
            others = [page.specific for page in EntryPage.objects.filter(original_id=original.pk) if is_public(page)]
            things.append(_thing(original, [original, *others]))
    return things


def _thing(original: Any, pages: list[Any]) -> Thing:
    texts = [tokens(text) for page in pages for text in (page.title, page.summary, _body(page))]
    texts += [tokens(name) for name in _names(original)]
    return Thing(
        key=str(original.translation_key),
        texts=texts,
        values=_values(original, pages),
        published=original.first_published_at,
        language=original.locale.language_code,
        titles={page.locale.language_code: page.title for page in reversed(pages)},
    )


def _body(page: Any) -> str:
    parts = [html.unescape(re.sub(r"<[^>]*>", " ", getattr(page, name))) for name in page.text_fields]
    if isinstance(page, MethodPage):
        parts += [f"{step.title} {step.text}" for step in page.steps.all()]
    else:
        parts += page.places
    return " ".join([*parts, page.reference])


def _names(page: Any) -> list[str]:
    names = [tag.name for tag in page.tags.all()]
    for row in page.terms.all():
        if row.field in ABOUT:
            for term in _with_ancestors(row.term):
                names += term.labels.values()
    return names + [organisation.name for organisation in _organisations(page)]


def _organisations(page: Any) -> list[Any]:
    if isinstance(page, MethodPage):
        return [page.owner_organisation] if page.owner_organisation else []
    partners = [partnership.organisation for partnership in page.partnerships.all()]
    return [organisation for organisation in [page.lead_organisation, *partners] if organisation]


def _final(term: Term) -> Term:
    while term.successor:
        term = term.successor
    return term


def _with_ancestors(term: Term) -> list[Term]:
    found, above = [], _final(term)
    while above and above.code != "world":
        found.append(above)
        above = above.parent
    return found


def _values(page: Any, pages: list[Any]) -> dict[str, set[str]]:
    rows = list(page.terms.all())
    values = {
        parameter: {_final(row.term).code for row in rows if row.field == name}
        for parameter, name in FROM_TERMS.items()
    }
    is_method = isinstance(page, MethodPage)
    values["kind"] = {"method" if is_method else "case"}
    values["country"] = {t.code for row in rows if row.field == "countries" for t in _with_ancestors(row.term)}
    stages = list(page.stage_levels.all())
    values["stage"] = {row.stage.code for row in stages if is_method or row.level is not None}
    values["participation"] = _participation(page, is_method)
    values["official_use"] = set() if is_method else {_final(use.use).code for use in page.official_uses.all()}
    values["organisation_type"] = {_final(organisation.type).code for organisation in _organisations(page)}
    values["language"] = {each.locale.language_code for each in pages}
    values["year"] = set() if is_method else {str(year) for year in _years(page)}
    values["tag"] = {fold(tag.name) for tag in page.tags.all()}
    return values


def _participation(page: Any, is_method: bool) -> set[str]:
    if is_method:
        return {row.term.code for row in page.terms.all() if row.field == "participation_level"}
    levels = [row.level for row in page.stage_levels.all() if row.stage.code in ("design", "collect") and row.level]
    if not levels:
        return set()
    scale = ["", "information", "consultation", "conciliatory", "partnership", "self-determination"]
    return {scale[max(levels)]}


def _years(page: CaseStudyPage) -> list[int]:
    if not page.start_year:
        return []
    over = page.terms.filter(field="status", term__code__in=["completed", "discontinued"]).exists()
    last = page.end_year or (page.start_year if over else timezone.now().year)
    return list(range(page.start_year, max(page.start_year, last) + 1))[-60:]


def search(things: list[Thing], wanted: Wanted) -> Found:
    """Hits, and for each facet the counts under the text and every other facet's choice."""
    by_text = [thing for thing in things if _has_words(thing, wanted)]
    keys = {thing.key for thing in by_text if _fits(thing, wanted.chosen, "")}
    return Found(keys, {name: _counts(by_text, wanted.chosen, name) for name in PARAMETERS})


def in_order(things: list[Thing], keys: set[str], order: str, language: str) -> list[str]:
    """The found keys as a reader of this language should see them: by title, or the newest first."""
    found = sorted((thing for thing in things if thing.key in keys), key=lambda thing: thing.key)
    if order == "title":
        found.sort(key=lambda thing: fold(thing.titles.get(language, thing.titles[thing.language])))
    else:
        found.sort(key=lambda thing: thing.published.timestamp() if thing.published else 0, reverse=True)
    return [thing.key for thing in found]


def _has_words(thing: Thing, wanted: Wanted) -> bool:
    return all(_holds(thing, tokens(run)) for run in wanted.holds) and not any(
        _holds(thing, tokens(run)) for run in wanted.lacks
    )


def _holds(thing: Thing, run: list[str]) -> bool:
    return any(text[n : n + len(run)] == run for text in thing.texts for n in range(len(text) - len(run) + 1))


def _fits(thing: Thing, chosen: dict[str, list[str]], apart_from: str) -> bool:
    for name, values in chosen.items():
        if name != apart_from and not any(_has(thing, name, value) for value in values):
            return False
    return True


def _has(thing: Thing, name: str, value: str) -> bool:
    if name == "year" and "-" in value:
        start, end = value.split("-")
        return any(int(start or 0) <= int(year) <= int(end or 9999) for year in thing.values[name])
    return value in thing.values[name]


def _counts(things: list[Thing], chosen: dict[str, list[str]], name: str) -> dict[str, int]:
    left = [thing for thing in things if _fits(thing, chosen, name)]
    values = {value for thing in left for value in thing.values[name]} | set(chosen.get(name, []))
    return {value: sum(_has(thing, name, value) for thing in left) for value in values}
