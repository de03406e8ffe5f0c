"""`/sitemap.xml`: every findable page with its languages; an index of parts where one file would be too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from wagtail.models import Page

from cases import addresses
from cases.citing import language_tag
from cases.exchange.batches import chunked
from cases.reading.finding import home_paths
from cases.terms import FALLBACK
from core.visibility import findable
from search.query import Query
from search.service import search
from search.topics import TOPICS

MOST: Final = 20_000
"""Addresses of one file: the standard allows 50,000 and 50 MB, and each of ours names its languages."""
BATCH: Final = 500
TYPE: Final = "application/xml; charset=utf-8"
SCHEMA: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
STATIC: Final = (
    "search/", "cases/", "methods/", "organisations/", "countries/", "themes/", "groups/", "sdgs/",
)  # fmt: skip
"""Pages outside the tree, below each language; lists lead to the pages of single topics."""
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LONGEST_NUMBER: Final = 6


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """All addresses, or the index of parts; `?part=2` is one of them."""
    pks = list(_findable().order_by("pk").values_list("pk", flat=True))
    parts = [pks[start : start + MOST] for start in range(0, len(pks), MOST)] or [[]]
    asked = request.GET.get("part", "")
    if not asked and len(parts) > 1:
        return HttpResponse(_index(len(parts)), content_type=TYPE)
    number = _number(asked) if asked else 1
    if not 1 <= number <= len(parts):
        raise Http404
    return HttpResponse("".join(_urls(parts[number - 1], is_first=number == 1)), content_type=TYPE)


def _findable() -> Any:
    """Pages under the home pages; an alias says what another page says."""
    return findable(Page.objects.filter(depth__gt=1, alias_of=None))


def _index(parts: int) -> str:
    lines = [
        f"<sitemap><loc>{escape(settings.SITE_URL)}/sitemap.xml?part={number}</loc></sitemap>\n"
        for number in range(1, parts + 1)
    ]
    return f'{_HEAD}<sitemapindex xmlns="{SCHEMA}">\n{"".join(lines)}</sitemapindex>\n'


def _urls(pks: Iterable[int], *, is_first: bool) -> Iterator[str]:
    yield f'{_HEAD}<urlset xmlns="{SCHEMA}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    if is_first:
        languages = [code for code, _name in settings.LANGUAGES]
        for path in (*STATIC, *_topics()):
            alternates = {code: f"/{code}/{path}" for code in languages}
            yield from (_url(alternates[code], alternates) for code in languages)
    homes = home_paths(None)
    for batch in chunked(pks, BATCH):
        yield from _batch(batch, homes)
    yield "</urlset>\n"


def _topics() -> Iterator[str]:
    """Pages of single topics on which something is known, by one search."""
    results = search(Query()).results
    for folder, topic in TOPICS.items():
        yield from (f"{folder}/{value.value}/" for value in results.facet(topic.facet.parameter).values)


def _batch(pks: list[int], homes: Mapping[str, str]) -> Iterator[str]:
    """Two SQL: the pages, and all their translations."""
    columns = ("pk", "translation_key", "locale__language_code", "url_path", "last_published_at")
    pages = list(_findable().filter(pk__in=pks).order_by("pk").values_list(*columns))
    groups: dict[Any, dict[str, str]] = {}
    others = _findable().filter(translation_key__in={page[1] for page in pages}).order_by("pk")
    for _pk, key, language, path, _day in others.values_list(*columns):
        if address := addresses.of_page(path, language, homes):
            groups.setdefault(key, {})[language] = address
    for _pk, key, language, _path, changed in pages:
        found = groups.get(key, {})
        if language in found:
            yield _url(found[language], found, changed)


def _url(address: str, alternates: Mapping[str, str], changed: datetime | None = None) -> str:
    day = f"<lastmod>{changed.date().isoformat()}</lastmod>" if changed else ""
    links = "".join(_links(alternates)) if len(alternates) > 1 else ""
    return f"<url><loc>{escape(addresses.whole(address))}</loc>{day}{links}</url>\n"


def _links(alternates: Mapping[str, str]) -> Iterator[str]:
    for code, address in sorted(alternates.items()):
        yield _link(language_tag(code), address)
    if FALLBACK in alternates:
        yield _link("x-default", alternates[FALLBACK])


def _link(tag: str, address: str) -> str:
    href = quoteattr(addresses.whole(address))
    return f'<xhtml:link rel="alternate" hreflang="{tag}" href={href}/>'


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER else 0
