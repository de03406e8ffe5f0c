"""The facts of a result card as HTML, drawn here because a template with twenty cards of labels is far slower."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cases.terms import Label
from search.languages import lang_attributes
from search.results import Document


def draw_facts(document: Document) -> SafeString:
    """Countries, themes, years, participation, who led it and the team; what is not known is left out."""
    rows = [
        (_("Countries"), "", _labels(document.countries)),
        (_("Themes"), "", _labels(document.themes)),
        (_("Years"), "", _years(document.years)),
        (_("Participation"), *_participation(document.participation)),
        (_("Led by"), ' dir="auto"', escape(document.lead_organisation)),
        (_("Team"), ' dir="auto"', escape(document.team)),
    ]
    drawn = (
        f"<div><dt>{escape(name)}</dt><dd{attributes}>{text}</dd></div>" for name, attributes, text in rows if text
    )
    return mark_safe(f'<dl class="result__facts">{"".join(drawn)}</dl>')


def _labels(labels: Iterable[Label]) -> str:
    return ", ".join([f"<span{lang_attributes(label.lang)}>{escape(label)}</span>" for label in labels])


def _years(years: tuple[int | None, int | None]) -> str:
    start, end = years
    if start is None:
        return ""
    until = "" if end == start else f"–{end or ''}"
    return f'<bdi dir="ltr">{start}{until}</bdi>'


def _participation(level: Label | None) -> tuple[str, str]:
    return (lang_attributes(level.lang), escape(level)) if level else ("", "")
