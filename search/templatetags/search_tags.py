"""Tags of the search templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cases.models import EntryPage
from core.languages import lang_attributes
from search import service
from search.cards import draw_card
from search.coverage import Value
from search.drawing import draw_values
from search.results import Document, Hit

SIMILAR = 4

register = template.Library()


@register.simple_tag
def lang_of(lang: str) -> SafeString:
    """` lang dir` attributes for a text in this language, nothing when it is the page's own."""
    return lang_attributes(lang)


@register.simple_tag
def card(document: Document, hit: Hit | None = None, heading: str = "h3") -> SafeString:
    """The card of an entry. Use: `{% card hit.document hit %}`, or `{% card document %}` where nothing was searched."""
    return draw_card(document, heading, hit)


@register.simple_tag
def value_items(values: Sequence[Value]) -> SafeString:
    """The items of a list of values: `{% value_items part.known %}`."""
    return draw_values(values)


@register.inclusion_tag("search/fragments/similar.html", takes_context=True)
def similar_entries(context: dict[str, Any], page: EntryPage) -> dict[str, Any]:
    """The entries that have most in common with this one, as cards; nothing where none has anything in common."""
    documents = service.similar(str(page.translation_key), get_language() or "en", SIMILAR)
    return {"documents": documents, "frame": context.get("frame")}
