"""What other sites and machines read in a page's head: schema.org as JSON-LD, and Open Graph.

Use: `{% open_graph frame %}` in `base.html` itself, `{% linked_entry entry %}` and the others in a page's block `head`.
"""

from __future__ import annotations

import re
from typing import Any, Final

from django import template
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from api import linked
from cases import addresses
from cases.models import CountryTeamPage
from cases.reading import EntryView
from cases.terms import current_terms

REGIONS: Final = {
    "en": "en_GB", "fr": "fr_FR", "es": "es_ES", "ar": "ar_AR", "ru": "ru_RU", "zh-hans": "zh_CN", "da": "da_DK",
    "pt": "pt_PT",
}  # fmt: skip
"""Open Graph names languages with a country."""
_TAGS: Final = re.compile(r"<[^>]*>")

register = template.Library()


@register.simple_tag
def linked_entry(entry: EntryView, version: Any = None) -> SafeString:
    """An entry, or one version of it, as JSON-LD."""
    return linked.script(linked.of_entry(entry, version.cited if version else entry.cited))


@register.simple_tag
def linked_team(page: CountryTeamPage) -> SafeString:
    """A team as JSON-LD; one SQL for its countries."""
    terms = current_terms()
    countries = [terms.resolve(pk) for pk in page.team.countries.order_by("pk").values_list("pk", flat=True)]
    return linked.script(linked.of_team(page.title, page.full_url or "", countries))


@register.simple_tag
def linked_site(frame: Any) -> SafeString:
    """The site as JSON-LD, for the home page."""
    return linked.script(linked.of_site(str(frame.site_name), frame.search_url, frame.lang))


@register.simple_tag(takes_context=True)
def open_graph(context: Context, frame: Any) -> SafeString:
    """Title, description, address, languages and picture of the page, as its other tags have them."""
    entry = context.get("entry")
    picture = _picture(entry)
    values = [
        ("og:site_name", str(frame.site_name)),
        ("og:type", "article" if isinstance(entry, EntryView) else "website"),
        ("og:title", drawn(context, "title") or str(frame.site_name)),
        ("og:description", drawn(context, "description")),
        ("og:url", context.get("canonical_url") or frame.canonical),
        ("og:locale", REGIONS.get(frame.lang, frame.lang)),
        *(("og:locale:alternate", REGIONS.get(link.code, link.code)) for link in _others(frame, entry)),
        *picture,
    ]
    line = '<meta property="{}" content="{}">'
    tags = format_html_join("\n    ", line, ((name, value) for name, value in values if value))
    card = "summary_large_image" if picture else "summary"
    return format_html('{}\n    <meta name="twitter:card" content="{}">', tags, card)


def drawn(context: Context, name: str) -> SafeString:
    """What a block of the page comes out as, in one line for an attribute: it is drawn once more."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    text = _TAGS.sub("", block.render(context)) if block else ""
    return mark_safe(" ".join(text.split()).replace('"', "&quot;"))  # the template has escaped its values


def _others(frame: Any, entry: Any) -> tuple[Any, ...]:
    """Other languages only of an entry: every other page has all, which would be a weight to carry."""
    return tuple(link for link in frame.alternates if not link.is_current) if isinstance(entry, EntryView) else ()


def _picture(entry: Any) -> list[tuple[str, str]]:
    cover = entry.cover if isinstance(entry, EntryView) else None
    if not cover:
        return []
    rendition = cover.get_rendition(linked.PICTURE)
    return [
        ("og:image", addresses.whole(rendition.url)),
        ("og:image:width", str(rendition.width)),
        ("og:image:height", str(rendition.height)),
        ("og:image:alt", cover.description),
    ]
