"""What templates of the authors' pages and mails need."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

from cases.terms import FALLBACK

register = template.Library()


@register.simple_tag
def label_of(labels: Mapping[str, str]) -> str:
    """The label of a term in the active language, else in English."""
    language = get_language() or FALLBACK
    return labels.get(language) or labels.get(language.split("-")[0]) or labels.get(FALLBACK, "")
