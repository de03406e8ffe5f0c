"""Texts together with the language they are in, and the attributes that tell a browser so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info

from cases.terms import FALLBACK, Label

CONTENT_ONLY: Final = frozenset({"da", "pt"})
"""Languages of entries whose interface is shown in English."""


def interface_language() -> str:
    """The language in which the site's own words come out under the active one."""
    language = get_language() or FALLBACK
    return FALLBACK if language in CONTENT_ONLY else language


def direction(language: str) -> str:
    """`rtl` or `ltr`; `auto` for a language the site does not know."""
    if language not in dict(settings.LANGUAGES):
        return "auto"
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


def attributes(language: str, page_language: str | None = None) -> SafeString:
    """` lang="…" dir="…"`, with a space in front, for a text in another language than its page; else nothing."""
    if not language or language == (page_language or get_language() or FALLBACK):
        return mark_safe("")
    return format_html(' lang="{}" dir="{}"', language, direction(language))


def native_name(language: str) -> str:
    """The language's name in itself; its code when the site does not know it."""
    return get_language_info(language)["name_local"] if language in dict(settings.LANGUAGES) else language


@dataclass(frozen=True, slots=True)
class Text:
    """A text (safe HTML once rendered) in a language; `borrowed` when the page's own language lacks it."""

    html: str
    language: str
    borrowed: bool = False

    def __bool__(self) -> bool:
        return bool(self.html)

    def __str__(self) -> str:
        return self.html

    @property
    def attributes(self) -> SafeString:
        """What marks the text's language where it differs from the page's."""
        return attributes(self.language)

    @property
    def paragraphs(self) -> SafeString:
        """A plain text as escaped paragraphs; rich text, being safe already, as it is."""
        return self.html if isinstance(self.html, SafeString) else mark_safe(linebreaks(self.html, autoescape=True))


NO_TEXT: Final = Text("", "")


def of_label(label: Label) -> Text:
    """A term's label as a text."""
    return Text(str(label), label.lang)
