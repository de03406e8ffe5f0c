"""Tags of the site's frame: `{% load frame %}`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.template.context import Context
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page

from home.frame import Frame, LanguageLink, build_frame, home_links

register = template.Library()
SITE_DEPTH = 2  # below the root that no visitor sees


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above the one that is read."""

    title: str | Promise
    url: str


@register.simple_tag(takes_context=True)
def site_frame(context: Context) -> Frame:
    """Everything around the content; see `home.frame.Frame`. Use: `{% site_frame as frame %}`."""
    return build_frame(context.get("request"), context.get("page"))


@register.simple_tag
def language_homes() -> tuple[LanguageLink, ...]:
    """The home pages, for pages that have no content to translate."""
    return home_links()


@register.simple_tag
def language_list(links: Iterable[LanguageLink]) -> SafeString:
    """Links to languages as a list, each in its own language; a loop in a template takes a twelfth of a search page."""
    return mark_safe(f'<ul role="list">{"".join(map(_language_item, links))}</ul>')


def _language_item(link: LanguageLink) -> str:
    current = ' aria-current="page"' if link.is_current else ""
    name = f'<a href="{escape(link.url)}" hreflang="{link.code}" lang="{link.code}"{current}>{escape(link.name)}</a>'
    return f"<li>{name}</li>"


@register.simple_tag
def current_language(links: Iterable[LanguageLink]) -> SafeString:
    """The name of the language that is read, in itself."""
    names = (f'<span lang="{link.code}">{escape(link.name)}</span>' for link in links if link.is_current)
    return mark_safe("".join(names))


@register.simple_tag
def trail(page: Page) -> tuple[Crumb, ...]:
    """The pages above `page`, home page first: one SQL. Use: `{% trail page as crumbs %}`."""
    above = page.get_ancestors().filter(depth__gte=SITE_DEPTH).order_by("path")
    parts = [(ancestor, ancestor.get_url_parts()) for ancestor in above]
    return tuple(Crumb(_title(ancestor), part[2]) for ancestor, part in parts if part)


def _title(page: Page) -> str | Promise:
    return _("Home") if page.depth == SITE_DEPTH else str(page.title)
