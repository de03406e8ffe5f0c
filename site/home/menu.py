"""The plain pages and contacts that header and footer name: one SQL, then from the cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import F, Q

from wagtail.models import Page

from core.visibility import findable

KEY = "home.menu"
# Other processes learn of a change this many seconds later at most.
LIFETIME = 60
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class MenuPage:
    """A plain page as header and footer name it; `group` is shared by its translations."""

    slug: str
    title: str
    url: str
    language: str
    group: str


@dataclass(frozen=True, slots=True)
class Menu:
    """Every language's plain pages in the order of the tree, and contact address by language."""

    pages: tuple[MenuPage, ...]
    contacts: Mapping[str, str]

    def pages_in(self, language: str) -> tuple[MenuPage, ...]:
        """Each page in this language, else in English; what exists in neither is left out."""
        best = {page.group: page for wanted in (FALLBACK, language) for page in self.pages if page.language == wanted}
        return tuple(best.values())

    def contact_in(self, language: str) -> str:
        """The address to write to, or nothing."""
        return self.contacts.get(language) or self.contacts.get(FALLBACK, "")


def menu() -> Menu:
    """The menu as it is now, or was at most `LIFETIME` seconds ago."""
    kept: Menu | None = cache.get(KEY)
    if kept is None:
        kept = _read()
        cache.set(KEY, kept, LIFETIME)
    return kept


def forget(**_kwargs: Any) -> None:
    """Read anew next time."""
    cache.delete(KEY)


def _read() -> Menu:
    shown = Q(plainpage__isnull=False, show_in_menus=True) | Q(homepage__isnull=False)
    pages = findable(Page.objects.filter(shown)).select_related("locale").order_by("path")
    rows = list(pages.annotate(contact=F("homepage__contact"), is_plain=F("plainpage__pk")))
    return Menu(
        pages=tuple(entry for row in rows if row.is_plain and (entry := _entry(row))),
        contacts={row.locale.language_code: row.contact for row in rows if row.contact},
    )


def _entry(page: Page) -> MenuPage | None:
    """The page as the menu names it; None for one outside the site's tree, which has no address."""
    parts = page.get_url_parts()
    if parts is None:
        return None
    return MenuPage(page.slug, page.title, parts[2], page.locale.language_code, str(page.translation_key))
