"""Tags of the search templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cases.models import EntryPage
from search import service
from search.facts import draw_facts
from search.languages import lang_attributes
from search.results import Document

SIMILAR = 4

register = template.Library()


@register.simple_tag
def lang_of(lang: str) -> SafeString:
    """` lang dir` attributes for a text in this language, nothing when it is the page's own."""
    return lang_attributes(lang)


@register.simple_tag
def facts(document: Document) -> SafeString:
    """The list of facts of a result card."""
    return draw_facts(document)


@register.inclusion_tag("search/fragments/similar.html", takes_context=True)
def similar_entries(context: dict[str, Any], page: EntryPage) -> dict[str, Any]:
    """The entries that have most in common with this one, as cards; nothing where none has anything in common."""
    documents = service.similar(str(page.translation_key), get_language() or "en", SIMILAR)
    return {"documents": documents, "frame": context.get("frame")}
