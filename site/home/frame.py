"""What surrounds the content of each page: navigation, languages, footer. SQL only for a page's translations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_bidi, get_language_info
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page

from core.visibility import findable
from home.menu import FALLBACK, MenuPage, menu

SITE_NAME = _("Citizen data case repository")
SECTIONS: tuple[tuple[str, str | Promise], ...] = (
    ("search", _("Search")),
    ("cases", _("Cases")),
    ("methods", _("Methods")),
    ("countries", _("Countries")),
    ("themes", _("Themes")),
    ("teams", _("Teams")),
)
ABOUT, ABOUT_TITLE = "about", _("About")


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a menu; `lang` is the language of the page it leads to, `is_current` whether the visitor is there."""

    url: str
    title: str | Promise
    lang: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A language of the site: where it leads, and whether what is shown now can be read in it there."""

    code: str
    name: str
    url: str
    is_current: bool
    is_translated: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything that `base.html` shows around the content."""

    lang: str
    interface_lang: str
    direction: str
    site_name: str | Promise
    home_url: str
    search_url: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    contact: str
    languages: tuple[LanguageLink, ...]
    canonical: str

    @property
    def alternates(self) -> tuple[LanguageLink, ...]:
        """The addresses of this content in other languages and its own, for search engines; none if it has no other."""
        found = tuple(link for link in self.languages if link.is_translated)
        return found if len(found) > 1 else ()

    @property
    def site_url(self) -> str:
        """Scheme and host that stand before addresses where they must be whole."""
        return str(settings.SITE_URL)


def build_frame(request: HttpRequest | None, page: Any = None) -> Frame:
    """The frame of the active language for what `request` asks; `page` is the page of the tree that answers, if any."""
    lang = get_language() or FALLBACK
    path = request.path if request else f"/{lang}/"
    pages = menu().pages_in(lang)
    return Frame(
        lang=lang,
        interface_lang=interface_language(lang),
        direction="rtl" if get_language_bidi() else "ltr",
        site_name=SITE_NAME,
        home_url=f"/{lang}/",
        search_url=f"/{lang}/search/",
        navigation=tuple(_navigation(lang, path, pages)),
        footer=tuple(_link(entry, path) for entry in pages),
        contact=menu().contact_in(lang),
        languages=tuple(_languages(request, page, lang)),
        canonical=_canonical(request, path),
    )


def interface_language(lang: str) -> str:
    """The language in which headings and buttons stand on a page in `lang`: English where there is no catalogue."""
    return lang if lang in dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES) else FALLBACK


def home_links() -> tuple[LanguageLink, ...]:
    """The home page in each language: where to turn when what was asked for is not there."""
    lang = get_language() or FALLBACK
    return tuple(_language_link(code, f"/{code}/", lang, True) for code, _name in settings.LANGUAGES)


def _navigation(lang: str, path: str, pages: Iterable[MenuPage]) -> Iterable[Link]:
    for slug, title in SECTIONS:
        url = f"/{lang}/{slug}/"
        yield Link(url, title, lang, path.startswith(url))
    about = [entry for entry in pages if entry.slug == ABOUT]
    yield from (Link(entry.url, ABOUT_TITLE, entry.language, path.startswith(entry.url)) for entry in about)


def _link(entry: MenuPage, path: str) -> Link:
    return Link(entry.url, entry.title, entry.language, path.startswith(entry.url))


def _languages(request: HttpRequest | None, page: Any, lang: str) -> Iterable[LanguageLink]:
    if isinstance(page, Page) and page.pk:
        addresses: Mapping[str, str] = _translations(page)
    else:
        addresses = _same_address(request, lang)
    for code, _name in settings.LANGUAGES:
        is_translated = code in addresses or code == lang
        url = addresses.get(code) or (request.path if request and code == lang else f"/{code}/")
        yield _language_link(code, url, lang, is_translated)


def _language_link(code: str, url: str, lang: str, is_translated: bool) -> LanguageLink:
    name = get_language_info(code)["name_local"]
    return LanguageLink(code, name[:1].upper() + name[1:], url, code == lang, is_translated)


def _translations(page: Page) -> dict[str, str]:
    """Addresses of the page's findable translations and itself, by language: one SQL."""
    found = findable(Page.objects.filter(translation_key=page.translation_key)).select_related("locale")
    parts = {translation.locale.language_code: translation.get_url_parts() for translation in found}
    return {code: part[2] for code, part in parts.items() if part}


def _same_address(request: HttpRequest | None, lang: str) -> dict[str, str]:
    """This address in each language, where it has a language to exchange."""
    prefix = f"/{lang}/"
    if request is None or not request.path.startswith(prefix):
        return {}
    rest = request.get_full_path()[len(prefix) :]
    return {code: f"/{code}/{rest}" for code, _name in settings.LANGUAGES}


def _canonical(request: HttpRequest | None, path: str) -> str:
    """The whole address of what is shown, with the number of the page of a list but no other parameter."""
    number = request.GET.get("page", "") if request else ""
    query = f"?{urlencode({'page': number})}" if number.isascii() and number.isdigit() and int(number) > 1 else ""
    return f"{settings.SITE_URL}{path}{query}"
