"""Addresses that pages of the repository link to, as plain paths: this room does not know the views behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.translation import get_language

from cases.terms import FALLBACK, TermRow

TOPICS: Final[Mapping[str, str]] = {
    "countries": "countries",
    "m49_regions": "countries",
    "themes": "themes",
    "population_groups": "groups",
    "sdgs": "sdgs",
}
"""Vocabularies whose terms have a page of their own, and the folder of these pages."""

EXPLAINED: Final = (
    "participation_levels", "value_chain_stages", "initiative_types", "collection_methods", "data_types", "themes",
    "population_groups", "sdgs", "rights_instruments", "consent_bases", "sensitivity_levels", "hrbad_principles",
    "care_principles", "official_use", "quality_dimensions", "quality_scores", "partner_roles", "organisation_types",
    "geographic_scopes", "project_status", "periodicities", "method_maturity", "cost_bands", "time_bands",
    "attachment_kinds", "licences",
)  # fmt: skip
"""Vocabularies that the glossary explains, in its order. Names of places and languages need no explanation, and what
only moderators see is not for readers."""

FACETS: Final[Mapping[str, str]] = {
    "collection_methods": "method",
    "initiative_types": "initiative",
    "languages": "language",
    "official_use": "official_use",
    "organisation_types": "organisation_type",
    "participation_levels": "participation",
    "value_chain_stages": "stage",
}
"""Vocabularies by which the search can be narrowed, and the parameter of the search."""


def of_term(term: TermRow, language: str | None = None) -> str:
    """Where one reads more on a term: its own page, else the search for it, else nothing (an empty text)."""
    if folder := TOPICS.get(term.vocabulary):
        return f"/{_language(language)}/{folder}/{term.code}/"
    if parameter := FACETS.get(term.vocabulary):
        return of_search(((parameter, term.code),), language)
    return ""


def anchor(term: TermRow) -> str:
    """Where on the page of the glossary a term stands."""
    return f"{term.vocabulary}-{term.code}".replace("_", "-")


def of_glossary(language: str | None = None) -> str:
    """The glossary: what each term means."""
    return f"/{_language(language)}/glossary/"


def of_organisation(slug: str, language: str | None = None) -> str:
    """The page of an organisation."""
    return f"/{_language(language)}/organisations/{quote(slug)}/"


def of_search(choices: Iterable[tuple[str, str]] = (), language: str | None = None) -> str:
    """The search page, narrowed to `choices` (parameter, value)."""
    query = urlencode(list(choices))
    return f"/{_language(language)}/search/" + (f"?{query}" if query else "")


def of_list(kind: str, language: str | None = None) -> str:
    """The list of all cases or all methods; `kind` is `case` or `method`."""
    return f"/{_language(language)}/{kind}s/"


def of_home(language: str | None = None) -> str:
    """The home page."""
    return f"/{_language(language)}/"


def whole(path: str) -> str:
    """A path of this site with the host in front; nothing stays nothing."""
    return f"{settings.SITE_URL}{path}" if path else ""


def permanent(reference: str) -> str:
    """The address, with the host, that never changes: what one cites."""
    return f"{settings.SITE_URL}/r/{quote(reference)}/"


def permanent_version(reference: str, language: str, number: int) -> str:
    """The address, with the host, that never changes, of one published version in one language."""
    return f"{permanent(reference)}{language}/versions/{number}/"


def of_page(url_path: str, language: str, roots: Mapping[str, str]) -> str:
    """The address of a page of the tree; `roots` gives the `url_path` of each language's home page.

    Empty when the page stands under no home page.
    """
    root = roots.get(language)
    if root is None or not url_path.startswith(root):
        return ""
    return f"/{language}/" + quote(url_path.removeprefix(root))


def _language(language: str | None) -> str:
    return language or get_language() or FALLBACK
