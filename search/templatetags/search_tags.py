"""Tags of the search templates."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from search.languages import lang_attributes

register = template.Library()


@register.simple_tag
def lang_of(lang: str) -> SafeString:
    """` lang dir` attributes for a text in this language, nothing when it is the page's own."""
    return lang_attributes(lang)
