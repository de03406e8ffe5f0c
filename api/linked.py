"""Entries, teams and the site as schema.org tells of them: what their pages show, for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from cases import addresses
from cases.citing import Cited, language_tag
from cases.file_rules import PUBLIC_LEVELS
from cases.licences import LICENCE_URLS
from cases.reading import EntryView
from cases.reading.case import UNDOCUMENTED
from cases.terms import TermRow

PUBLISHER: Final = "Collaborative on Citizen Data"
ABOUT: Final = ("themes", "population_groups", "sdgs")
PICTURE: Final = "width-960|format-jpeg"
_ESCAPES: Final = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)
Thing = dict[str, Any]


def script(thing: Thing) -> SafeString:
    """The data as a block of a page: it cannot end before its end, and no browser runs it."""
    text = json.dumps(thing, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def of_entry(view: EntryView, cited: Cited) -> Thing:
    """A case as an article, a method as instructions; a version under its own address."""
    entry, source, work = view.entry, view.source, cited.work
    article: Thing = {
        "@context": "https://schema.org",
        "@type": "Article" if entry.kind == "case" else "HowTo",
        "@id": work.address,
        "url": work.address,
        "identifier": [work.reference, *([f"https://doi.org/{work.doi}"] if work.doi else [])],
        "name": work.title,
        "headline": work.title,
        "abstract": work.summary,
        "inLanguage": work.language,
        "datePublished": work.issued.isoformat(),
        "dateModified": entry.last_published_at.date().isoformat() if entry.last_published_at else None,
        "version": work.version or view.entry.version_number,
        "author": [_organisation(name) for name in work.authors],
        "publisher": {**_organisation(PUBLISHER), "url": settings.SITE_URL},
        "isPartOf": {"@type": "WebSite", "name": work.publisher, "url": settings.SITE_URL},
        "license": _licence(source.chosen_one("licence")),
        "about": [*_terms(source), *_dataset(view)],
        "spatialCoverage": _countries(source),
        "temporalCoverage": _period(source),
        "keywords": [tag.text for tag in view.tags],
        "citation": [_source(row) for row in source.sources.get_object_list()],
        "workTranslation": _translations(view),
        "image": _picture(view),
    }
    if entry.kind == "method":
        article["step"] = [_step(row) for row in entry.steps.get_object_list() or source.steps.get_object_list()]
    return _given(article)


def of_team(name: str, address: str, countries: Iterable[TermRow]) -> Thing:
    """A country team."""
    return _given(
        {
            "@context": "https://schema.org",
            **_organisation(name),
            "url": address,
            "parentOrganization": _organisation(PUBLISHER),
            "areaServed": [_country(term) for term in countries],
        }
    )


def of_site(name: str, search: str, language: str) -> Thing:
    """The site and how it is searched."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{addresses.whole(search)}?q={{search_term_string}}"}
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": name,
        "url": f"{settings.SITE_URL}/{language}/",
        "inLanguage": language_tag(language),
        "publisher": {**_organisation(PUBLISHER), "url": settings.SITE_URL},
        "potentialAction": {
            "@type": "SearchAction",
            "target": target,
            "query-input": "required name=search_term_string",
        },
    }


def _organisation(name: str, url: str = "") -> Thing:
    return _given({"@type": "Organization", "name": name, "url": url})


def _terms(source: Any) -> Iterator[Thing]:
    held = [field for field in ABOUT if field != "sdgs" or source.kind == "case"]
    for term in (term for field in held for term in source.chosen(field)):
        address = addresses.whole(addresses.of_term(term))
        yield {"@type": "DefinedTerm", "name": str(term.label()), "termCode": term.code, "url": address}


def _dataset(view: EntryView) -> Iterator[Thing]:
    """The data of a case whose data anybody may have; of others there is nothing to get."""
    source = view.source
    access, basis = (source.chosen_one(name) for name in ("access_level", "consent_basis"))
    if source.kind != "case" or access is None or access.code not in PUBLIC_LEVELS:
        return
    if basis is not None and basis.code == UNDOCUMENTED:
        return
    leader = source.lead_organisation
    yield _given(
        {
            "@type": "Dataset",
            "name": view.title.html,
            "description": view.summary.html,
            "creator": _organisation(leader.name, leader.url) if leader else None,
            "license": _licence(source.chosen_one("data_licence")),
            "conditionsOfAccess": str(access.label()),
            "spatialCoverage": _countries(source),
            "temporalCoverage": _period(source),
        }
    )


def _countries(source: Any) -> list[Thing]:
    return [_country(term) for term in source.chosen("countries")] if source.kind == "case" else []


def _country(term: TermRow) -> Thing:
    return {"@type": "Country", "name": str(term.label()), "identifier": term.code.upper()}


def _period(source: Any) -> str:
    start, end = getattr(source, "start_year", None), getattr(source, "end_year", None)
    return f"{start}/{end or '..'}" if start else ""


def _licence(term: TermRow | None) -> str:
    return LICENCE_URLS.get(term.code) or str(term.label()) if term else ""


def _source(row: Any) -> Thing:
    publisher = _organisation(row.publisher) if row.publisher else None
    return _given({"@type": "CreativeWork", "name": row.title, "publisher": publisher, "url": row.link})


def _translations(view: EntryView) -> list[Thing]:
    others = (each for each in view.translations if not each.current)
    return [
        {"@type": "Article", "inLanguage": language_tag(each.language), "url": addresses.whole(each.href)}
        for each in others
    ]


def _step(row: Any) -> Thing:
    return _given({"@type": "HowToStep", "name": row.title, "text": row.text})


def _picture(view: EntryView) -> str:
    return addresses.whole(view.cover.get_rendition(PICTURE).url) if view.cover else ""


def _given(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value not in ("", None, [])}
