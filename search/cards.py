"""A result card as HTML, drawn by functions because a template for twenty cards takes longer than the search itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.terms import Label
from core.languages import lang_attributes
from search.results import Cover, Document, Hit

HEADINGS: Final = frozenset({"h2", "h3"})


def draw_card(document: Document, heading: str, hit: Hit | None = None) -> SafeString:
    """The card of an entry under a heading `h2` or `h3`; with a hit, its words are marked. Raises `ValueError`."""
    if heading not in HEADINGS:
        raise ValueError(f"A card has no heading {heading!r}; allowed: {', '.join(sorted(HEADINGS))}.")
    lang = lang_attributes(document.lang)
    title = (hit and hit.title) or escape(document.title)
    summary = (hit and hit.summary) or escape(document.summary)
    snippet = f'<p class="result__snippet"{lang}>{hit.snippet}</p>' if hit and hit.snippet else ""
    return mark_safe(
        f'<article class="result card">{_cover(document.cover)}<div class="result__text">'
        f'<p class="result__kind"{lang_attributes(document.kind_label.lang)}>{escape(document.kind_label)}</p>'
        f'<{heading} class="result__title"{lang}><a href="{escape(document.url)}">{title}</a></{heading}>'
        f'<p class="result__summary"{lang}>{summary}</p>{snippet}{_facts(document)}</div></article>'
    )


def _cover(cover: Cover | None) -> str:
    if cover is None:
        return ""
    return (
        f'<img class="result__cover" src="{escape(cover.url)}" width="{cover.width}" height="{cover.height}"'
        f' alt="{escape(cover.alt)}" loading="lazy">'
    )


def _facts(document: Document) -> str:
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
    return f'<dl class="result__facts">{"".join(drawn)}</dl>'


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
