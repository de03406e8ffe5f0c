"""The facts of a result card as HTML, drawn here because a template with twenty cards of labels is far slower."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.terms import Label
from search.languages import lang_attributes
from search.results import Document


def draw_facts(document: Document) -> SafeString:
    """Countries, themes, years, participation, who led it and the team; what is not known is left out."""
    language = get_language() or ""
    texts = (
        ("", _labels(document.countries, language)),
        ("", _labels(document.themes, language)),
        ("", _years(document.years)),
        _participation(document.participation),
        (' dir="auto"', escape(document.lead_organisation)),
        (' dir="auto"', escape(document.team)),
    )
    rows = zip(_names(language), texts, strict=True)
    drawn = [f"<div>{name}<dd{attributes}>{text}</dd></div>" for name, (attributes, text) in rows if text]
    return mark_safe(f'<dl class="result__facts">{"".join(drawn)}</dl>')


@lru_cache(maxsize=32)
def _names(_language: str) -> tuple[str, ...]:
    names = (_("Countries"), _("Themes"), _("Years"), _("Participation"), _("Led by"), _("Team"))
    return tuple(f"<dt>{escape(name)}</dt>" for name in names)


def _labels(labels: Iterable[Label], language: str) -> str:
    return ", ".join([_label(label, label.lang, language) for label in labels])


@lru_cache(maxsize=16_384)
def _label(text: str, lang: str, _language: str) -> str:
    """`_language` is the page's, which decides on `lang`. Whatever changes in a term changes the key."""
    return f"<span{lang_attributes(lang)}>{escape(text)}</span>"


def _years(years: tuple[int | None, int | None]) -> str:
    start, end = years
    if start is None:
        return ""
    until = "" if end == start else f"–{end or ''}"
    return f'<bdi dir="ltr">{start}{until}</bdi>'


def _participation(level: Label | None) -> tuple[str, str]:
    return (lang_attributes(level.lang), escape(level)) if level else ("", "")
