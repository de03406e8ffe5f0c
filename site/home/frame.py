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

from core.text_only import is_text_only, switch
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
# Python refuses to read numbers of thousands of digits.
LONGEST_NUMBER = 10


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a menu; `lang` is the language of the page it leads to, `is_current` whether the visitor is there."""

    url: str
    title: str | Promise
    lang: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A language of the site and where choosing it leads."""

    code: str
    name: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything that `base.html` shows around the content.

    `languages` lead to what is shown now; `other_languages`, in which it cannot be read, to their home pages.
    """

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
    other_languages: tuple[LanguageLink, ...]
    canonical: str
    text_only: bool
    """Whether the visitor reads without pictures, which `pictures_url` changes."""
    pictures_url: str

    @property
    def alternates(self) -> tuple[LanguageLink, ...]:
        """The addresses of this content in other languages and its own, for search engines; none if it has no other."""
        return self.languages if len(self.languages) > 1 else ()

    @property
    def site_url(self) -> str:
        """Scheme and host that stand before addresses where they must be whole."""
        return str(settings.SITE_URL)


def build_frame(request: HttpRequest | None, page: Any = None) -> Frame:
    """The frame of the active language for what `request` asks; `page` is the page of the tree that answers, if any."""
    lang = get_language() or FALLBACK
    path = request.path if request else f"/{lang}/"
    pages, addresses = menu().pages_in(lang), _addresses(request, page, lang)
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
        languages=_links(addresses, lang),
        other_languages=_links({code: url for code, url in _homes().items() if code not in addresses}, lang),
        canonical=_canonical(request, path),
        text_only=is_text_only(request),
        pictures_url=switch(request),
    )


def interface_language(lang: str) -> str:
    """The language in which headings and buttons stand on a page in `lang`: English where there is no catalogue."""
    return lang if lang in dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES) else FALLBACK


def home_links() -> tuple[LanguageLink, ...]:
    """The home page in each language: where to turn when what was asked for is not there."""
    return _links(_homes(), get_language() or FALLBACK)


def _navigation(lang: str, path: str, pages: Iterable[MenuPage]) -> Iterable[Link]:
    for slug, title in SECTIONS:
        url = f"/{lang}/{slug}/"
        yield Link(url, title, lang, path.startswith(url))
    about = [entry for entry in pages if entry.slug == ABOUT]
    yield from (Link(entry.url, ABOUT_TITLE, entry.language, path.startswith(entry.url)) for entry in about)


def _link(entry: MenuPage, path: str) -> Link:
    return Link(entry.url, entry.title, entry.language, path.startswith(entry.url))


def _homes() -> dict[str, str]:
    return {code: f"/{code}/" for code, _name in settings.LANGUAGES}


def _links(addresses: Mapping[str, str], lang: str) -> tuple[LanguageLink, ...]:
    """The languages that have an address, in the order of the settings, each under its own name."""
    names = {code: get_language_info(code)["name_local"] for code in _homes() if code in addresses}
    return tuple(
        LanguageLink(code, name[:1].upper() + name[1:], addresses[code], code == lang) for code, name in names.items()
    )


def _addresses(request: HttpRequest | None, page: Any, lang: str) -> dict[str, str]:
    """Where what is shown now can be read, by language; always in the active one."""
    here = {lang: request.path if request else f"/{lang}/"}
    if isinstance(page, Page) and page.pk:
        return here | _translations(page)
    return here | _same_address(request, lang)


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
    is_number = len(number) < LONGEST_NUMBER and number.isascii() and number.isdigit()
    query = f"?{urlencode({'page': number})}" if is_number and int(number) > 1 else ""
    return f"{settings.SITE_URL}{path}{query}"
