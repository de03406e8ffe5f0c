"""Which of the found entries were published last: one SQL for their stamps, a few for what is told of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Max

from cases import addresses, citing
from cases.models import EntryPage, EntryTerm
from cases.reading.finding import home_paths
from cases.terms import TermRow, current_terms
from core.visibility import findable


@dataclass(frozen=True, slots=True)
class Item:
    """One entry as a feed tells of it, in the reader's language or its original's."""

    reference: str
    address: str
    language: str
    title: str
    summary: str
    author: str
    licence: str
    themes: tuple[tuple[str, str], ...]
    published: datetime
    updated: datetime


def latest(keys: Iterable[str], language: str, limit: int) -> list[Item]:
    """The entries that were published last in any language, the newest first."""
    return _items(_stamps(frozenset(keys), limit), language)


def _stamps(wanted: frozenset[str], limit: int) -> dict[str, datetime]:
    """When each of the latest was published last. One SQL, read until enough are found."""
    entries = findable(EntryPage.objects.all()).order_by().values("translation_key")
    rows = entries.annotate(last=Max("last_published_at")).order_by("-last", "translation_key")
    stamps = ((str(key), last) for key, last in rows.values_list("translation_key", "last").iterator())
    return dict(islice(((key, last) for key, last in stamps if last and key in wanted), limit))


def _items(stamps: dict[str, datetime], language: str) -> list[Item]:
    pages = findable(EntryPage.objects.filter(translation_key__in=list(stamps))).select_related("locale", "team")
    groups: dict[str, dict[str, Any]] = {}
    for page in pages:
        group = groups.setdefault(str(page.translation_key), {})
        group[page.locale.language_code] = page
        if page.original_id is None:
            group[""] = page
    chosen = _chosen([group[""].pk for group in groups.values() if "" in group])
    return [_item(groups[key], language, stamp, chosen) for key, stamp in stamps.items() if "" in groups.get(key, {})]


def _chosen(originals: list[int]) -> dict[int, list[tuple[str, TermRow]]]:
    """Licence and themes by entry."""
    found: dict[int, list[tuple[str, TermRow]]] = {}
    rows = EntryTerm.objects.filter(entry__in=originals, field__in=("licence", "themes")).order_by("sort_order", "pk")
    for entry, field, term in rows.values_list("entry_id", "field", "term_id"):
        found.setdefault(entry, []).append((field, current_terms().resolve(term)))
    return found


def _item(group: dict[str, Any], language: str, stamp: datetime, chosen: dict[int, list[tuple[str, TermRow]]]) -> Item:
    original = group[""]
    page = group.get(language, original)
    terms = chosen.get(original.pk, [])
    code = page.locale.language_code
    return Item(
        reference=original.reference,
        address=addresses.whole(addresses.of_page(page.url_path, code, home_paths(None))),
        language=code,
        title=page.title,
        summary=page.summary or original.summary,
        author=citing.authors(original.team),
        licence=next((str(term.label()) for field, term in terms if field == "licence"), ""),
        themes=tuple((term.code, str(term.label())) for field, term in terms if field == "themes"),
        published=original.first_published_at or stamp,
        updated=stamp,
    )
