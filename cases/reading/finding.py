"""Finding the entry that an address means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from wagtail.models import Page, PageViewRestriction, Site

from cases import addresses
from cases.models import CaseStudyPage, EntryPage, MethodPage, PublishedVersion
from cases.terms import FALLBACK
from core.visibility import Standing, findable, standing

_KINDS = {"casestudypage": "lead_organisation", "methodpage": "owner_organisation"}
_SHARED = ("locale", "team", "cover")


def home_paths(request: HttpRequest | None) -> dict[str, str]:
    """`url_path` of the home page of each language; with one site (the usual case) without SQL once cached."""
    paths = Site.get_site_root_paths()
    if len({path.site_id for path in paths}) > 1:
        site = Site.find_for_request(request)
        paths = [path for path in paths if site is None or path.site_id == site.id]
    return {path.language_code: path.root_path for path in paths}


def entry_at(path: str, roots: Mapping[str, str]) -> CaseStudyPage | MethodPage | None:
    """The entry below the home page of the active language, with all its page needs of single rows: one SQL.

    Raises `Http404` for an entry that nobody may read yet. One under a view restriction is found: whoever serves it
    has to ask for the key.
    """
    root = roots.get(get_language() or FALLBACK)
    row = _whole().filter(url_path=f"{root}{path}").first() if root else None
    if row is None:
        return None
    entry = _specific(row)
    if not row.is_open and not _asks_for_a_key(entry):
        raise Http404
    return entry


def address_of(reference: str, roots: Mapping[str, str]) -> str:
    """Path of the findable entry with this reference, in the active language, else in its original's; else empty."""
    pages = findable(EntryPage.objects.filter(reference=reference))
    rows = pages.values_list("original_id", "locale__language_code", "url_path")
    found = {language: (original, path) for original, language, path in rows}
    language = get_language() or FALLBACK
    if language not in found:
        language = next((code for code, (original, _path) in found.items() if original is None), "")
    return addresses.of_page(found[language][1], language, roots) if language else ""


def _whole() -> QuerySet[Any]:
    related = [name for prefix in ("", "original__") for name in _single_rows(prefix)]
    is_open = Exists(findable(Page.objects.filter(pk=OuterRef("pk"))))
    versions = PublishedVersion.objects.filter(entry=OuterRef("pk")).order_by("-number").values("number")
    entries = EntryPage.objects.select_related("original", *related)
    return entries.annotate(
        is_open=is_open,
        version_number=Subquery(versions[:1]),
        checked_on=Coalesce("original__review__checked_on", "review__checked_on"),
        due_on=Coalesce("original__review__due_on", "review__due_on"),
    )


def _single_rows(prefix: str) -> list[str]:
    kinds = [f"{prefix}{kind}__{organisation}" for kind, organisation in _KINDS.items()]
    return [*(prefix + name for name in _SHARED), *kinds]


def _specific(row: Any) -> Any:
    """The case or method itself, with its source and what the one query has read."""
    entry = _child(row)
    entry.version_number, entry.checked_on, entry.due_on = row.version_number, row.checked_on, row.due_on
    if row.original_id:
        entry.original = row.original
        entry.source = _child(row.original)
    if row.is_open:
        # The query has seen that nothing restricts the page: spare asking again.
        entry.get_view_restrictions = PageViewRestriction.objects.none
    return entry


def _child(row: EntryPage) -> Any:
    child = next(found for kind in _KINDS if (found := getattr(row, kind, None)))
    for name in _SHARED:
        setattr(child, name, getattr(row, name))
    return child


def _asks_for_a_key(entry: EntryPage) -> bool:
    """Whether only a view restriction keeps the entry from the public."""
    return standing(entry) is Standing.RESTRICTED and standing(entry.source) is not Standing.HIDDEN
