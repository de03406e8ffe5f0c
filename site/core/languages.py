"""Language and direction of texts that are not in the page's own language; numbers as that language writes them."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info


def interface_language() -> str:
    """The language in which headings and buttons stand: the active one where there is a catalogue, else English."""
    active = get_language() or "en"
    return active if any(active == code for code, _ in settings.WAGTAILADMIN_PERMITTED_LANGUAGES) else "en"


def lang_attributes(lang: str) -> SafeString:
    """` lang dir` where a text is in another language than what surrounds it; ` dir="auto"` where it is unknown."""
    if not lang:
        return mark_safe(' dir="auto"')
    return mark_safe("") if lang == interface_language() else _other(lang)


@lru_cache(maxsize=256)
def _other(lang: str) -> SafeString:
    return format_html(' lang="{}" dir="{}"', lang, direction(lang))


def direction(lang: str) -> str:
    """`rtl` or `ltr`; languages that Django does not know are written from the left."""
    try:
        return "rtl" if get_language_info(lang)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


def written(number: int) -> str:
    """The number as the active language writes it."""
    return _written(number, get_language() or "")


@lru_cache(maxsize=16_384)
def _written(number: int, _language: str) -> str:
    return number_format(number, force_grouping=True)
