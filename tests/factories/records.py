"""Records of the demo files for tests, and what pages hold in the same words, read without the code that wrote them."""

from __future__ import annotations

import html
import json
import re
from functools import cache
from typing import Any

from django.conf import settings

from cases.models import CaseStudyPage, EntryPage, MethodPage
from cases.models.organisations import Organisation
from cases.terms import current_terms

FOLDER = settings.PROJECT / "fixtures" / "demo"
LEVELS = {1: "information", 2: "consultation", 3: "conciliatory", 4: "partnership", 5: "self-determination"}
KEYS = {
    "countries": "country", "geographic_scope": "region_scope", "partnerships": "partners", "stage_levels": "stages",
    "official_uses": "official_use", "quality_scores": "quality", "provisions": "rights_provisions",
}  # fmt: skip


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def records(name: str, *ids: str) -> list[dict[str, Any]]:
    """Fresh copies of the records of a demo file, all or those with the given ids in that order."""
    found = {record["id"]: record for record in json.loads(_text(name))}
    return [found[key] for key in ids or found]


def as_record(page: EntryPage) -> dict[str, Any]:
    """What an original and its translations hold, as a record would say it."""
    record = _case(page) if isinstance(page, CaseStudyPage) else _method(page)
    record |= {"id": page.external_id, "title": page.title, "summary": page.summary}
    record |= {name: _codes(page, name) for name in ("themes", "population_groups", "collection_methods", "data_types")}
    record["licence"] = _code(page, "licence")
    record["translations"] = {other.locale.language_code: _translation(other) for other in _translations(page)}
    return record


def _case(page: CaseStudyPage) -> dict[str, Any]:
    single = ("status", "initiative_type", "consent_basis", "access_level", "data_licence")
    plain = ("places", "start_year", "end_year", "targets", "indicators", "sensitive", "other_languages")
    quality = {
        _term(row.dimension_id).code: {"score": row.score, "note": row.evidence} for row in page.quality_scores.all()
    }
    return {
        **{name: _code(page, name) for name in single},
        **{name: getattr(page, name) for name in plain},
        **{name: _plain(getattr(page, name)) for name in ("problem", "approach", "results", "lessons", "limits")},
        "country": [term.facts["iso3"] for term in page.chosen("countries")],
        "region_scope": _code(page, "geographic_scope"),
        "lead_organisation": _organisation(page.lead_organisation),
        "partners": [
            {**_organisation(row.organisation), "role": _term(row.role_id).code, "role_note": row.note}
            for row in page.partnerships.all()
        ],
        "sdgs": [term.facts["number"] for term in page.chosen("sdgs")],
        "stages": {_term(row.stage_id).code: LEVELS[row.level] for row in page.stage_levels.all()},
        "official_use": [_term(row.use_id).code for row in page.official_uses.all()],
        "quality": quality,
        "rights_provisions": page.provisions,
        "sensitive_reason": page.sensitive_reason or None,
        "working_languages": _codes(page, "working_languages"),
        "tags": sorted(tag.name.casefold() for tag in page.tags.all()),
        "sources": [{"title": s.title, "publisher": s.publisher, "year": s.year} for s in page.sources.all()],
        "basis": _basis(page),
    }


def _method(page: MethodPage) -> dict[str, Any]:
    texts = ("purpose", "when_to_use", "when_not", "ethics", "limits", "adaptation_notes")
    plain = ("materials", "skills", "standards", "tools", "offline_able")
    return {
        **{name: _plain(getattr(page, name)) for name in texts},
        **{name: getattr(page, name) for name in plain},
        **{name: _code(page, name) for name in ("cost_band", "time_band", "maturity", "participation_level")},
        "steps": [{"title": s.title, "text": s.text, "who": s.who, "time": s.time} for s in page.steps.all()],
        "stages": [_term(row.stage_id).code for row in page.stage_levels.all()],
        "quality_checks": [
            {"dimension": _term(row.dimension_id).code, "check": row.check_text} for row in page.quality_checks.all()
        ],
        "related_cases": sorted(link.entry.external_id for link in page.case_links.all()),
    }


def _translations(page: EntryPage) -> list[EntryPage]:
    pages = EntryPage.objects.filter(original=page, live=True, translation_key=page.translation_key)
    return [other.specific for other in pages.select_related("locale")]


def _translation(page: EntryPage) -> dict[str, Any]:
    texts = {name: _plain(getattr(page, name)) for name in page.text_fields if getattr(page, name)}
    if isinstance(page, MethodPage) and page.steps.exists():
        texts["steps"] = [{"title": step.title} for step in page.steps.all()]
    return {"title": page.title, "summary": page.summary, **texts}


def _basis(page: EntryPage) -> dict[str, list[str]]:
    words = {"verified": "verified", "editorial": "general"}
    found: dict[str, list[str]] = {"verified": [], "general": []}
    for name, word in page.basis.items():
        found[words[word]].append(KEYS.get(name, name))
    return {word: sorted(names) for word, names in found.items()}


def _organisation(organisation: Organisation) -> dict[str, str]:
    return {"name": organisation.name, "type": _term(organisation.type_id).code}


def _plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def _codes(page: EntryPage, field: str) -> list[str]:
    return [term.code for term in page.chosen(field)]


def _code(page: EntryPage, field: str) -> str | None:
    return next(iter(_codes(page, field)), None)


def _term(pk: int) -> Any:
    return current_terms().get(pk)
