"""An Atom feed of any search: what came or changed last, in the reader's language."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from api.asking import asked
from api.news import Item, latest
from cases import addresses
from cases.citing import language_tag
from search.query import Query
from search.service import scan

LIMIT: Final = 50
ATOM: Final = "http://www.w3.org/2005/Atom"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
TYPE: Final = "application/atom+xml; charset=utf-8"
_UNWRITABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@asked
def feed(request: HttpRequest, query: Query) -> HttpResponse:
    """The fifty entries that were published last, whatever order was asked for."""
    items = latest(scan(query), query.language, LIMIT)
    response = HttpResponse(_written(query, items), content_type=TYPE)
    if items:
        response["Last-Modified"] = items[0].updated.strftime("%a, %d %b %Y %H:%M:%S GMT")
    return response


def _written(query: Query, items: list[Item]) -> bytes:
    page = addresses.whole(addresses.of_search(query.pairs(), query.language))
    itself = addresses.whole(reverse("api:feed") + query.url().rstrip("?"))
    root = Element("feed", {"xmlns": ATOM, LANG: language_tag(query.language)})
    _add(root, "id", itself)
    _add(root, "title", _title(query))
    _add(root, "updated", _stamp(items[0].updated if items else _NEVER))
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": itself})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": page})
    _add(SubElement(root, "author"), "name", settings.WAGTAIL_SITE_NAME)
    for item in items:
        _entry(root, item)
    found: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return found


def _entry(root: Element, item: Item) -> None:
    entry = SubElement(root, "entry", {LANG: language_tag(item.language)})
    _add(entry, "id", addresses.permanent(item.reference))
    _add(entry, "title", item.title)
    _add(entry, "updated", _stamp(item.updated))
    _add(entry, "published", _stamp(item.published))
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": item.address})
    _add(SubElement(entry, "author"), "name", item.author)
    _add(entry, "summary", item.summary)
    _add(entry, "rights", item.licence)
    for code, label in item.themes:
        SubElement(entry, "category", {"term": code, "label": label})


def _title(query: Query) -> str:
    name = _("Citizen data case repository")
    chosen = [query.text.raw, *(value for values in query.chosen.values() for value in values)]
    asked_for = ", ".join(text for text in chosen if text)
    return f"{name}: {asked_for}" if asked_for else name


def _add(parent: Element, name: str, text: str) -> None:
    if text:
        SubElement(parent, name).text = _written_as_xml(text)


def _written_as_xml(text: str) -> str:
    """Without characters that no XML can hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
