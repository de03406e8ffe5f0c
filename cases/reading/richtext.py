"""Rich text of a whole entry made ready to read: all links to pages of the site in one SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from wagtail.models import Page
from wagtail.rich_text import features
from wagtail.rich_text.rewriters import EmbedRewriter, LinkRewriter

from cases import addresses
from core.visibility import findable

BETWEEN = "\x1e"
"""Record separator: the forms of the site let no control character into a text."""


@dataclass(frozen=True, slots=True)
class Expander:
    """Turns stored rich text into HTML; `roots` are the home pages by language (see `addresses.of_page`)."""

    roots: Mapping[str, str]
    language: str

    def expand(self, texts: Mapping[str, str]) -> dict[str, SafeString]:
        """Make the texts ready, under the same keys; at most one SQL for all links to pages."""
        bare = [text.replace(BETWEEN, "") for text in texts.values()]
        whole = self._links()(BETWEEN.join(bare))
        whole = EmbedRewriter(bulk_rules={})(whole)
        return {key: mark_safe(part) for key, part in zip(texts, whole.split(BETWEEN), strict=True)}

    def _links(self) -> LinkRewriter:
        others = {
            kind: handler.expand_db_attributes_many
            for kind, handler in features.get_link_types().items()
            if kind != "page"
        }
        return LinkRewriter(bulk_rules={**others, "page": self._page_links})

    def _page_links(self, links: list[dict[str, str]]) -> list[str]:
        """An opening tag for each link: to the page in the reader's language, else as linked, else to nowhere."""
        found = self._found({int(link["id"]) for link in links if link.get("id", "").isdecimal()})
        hrefs = (found.get(link.get("id", "")) for link in links)
        return [f'<a href="{escape(href)}">' if href else "<a>" for href in hrefs]

    def _found(self, ids: Iterable[int]) -> dict[str, str]:
        wanted = set(ids)
        keys = Page.objects.filter(pk__in=wanted).values("translation_key")
        rows = findable(Page.objects.filter(translation_key__in=keys)).values_list(
            "pk", "translation_key", "locale__language_code", "url_path"
        )
        pages = list(rows)
        linked = {key: (language, path) for pk, key, language, path in pages if pk in wanted}
        translated = {key: (language, path) for _pk, key, language, path in pages if language == self.language}
        return {
            str(pk): addresses.of_page(path, language, self.roots)
            for pk, key, _language, _path in pages
            if pk in wanted
            for language, path in [translated.get(key) or linked[key]]
        }
