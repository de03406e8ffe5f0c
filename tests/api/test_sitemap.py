"""Search engines are told of every findable page with its languages, and of nothing else."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

import pytest
from defusedxml import ElementTree

from api import sitemaps
from tests.api.conftest import body, get
from tests.factories.entries import make_case, make_method, translate

SPACES = {"s": sitemaps.SCHEMA, "x": "http://www.w3.org/1999/xhtml"}


def urls(address: str = "/sitemap.xml") -> dict[str, dict[str, str]]:
    """The languages of each address."""
    root = ElementTree.fromstring(body(address))
    return {
        url.findtext("s:loc", "", SPACES): {
            link.get("hreflang", ""): link.get("href", "") for link in url.findall("x:link", SPACES)
        }
        for url in root.findall("s:url", SPACES)
    }


def test_findable_pages_with_their_languages_and_no_others() -> None:
    case, hidden = make_case(), make_case(title="Hidden")
    translation = translate(case, "zh-hans")
    draft, lone = make_case(live=False), make_method()
    PageViewRestriction.objects.create(page=hidden, restriction_type="password", password="open")
    found = urls()
    here, there = (f"http://testserver{page.get_url()}" for page in (case, translation))
    assert found[here] == found[there] == {"en": here, "zh-Hans": there, "x-default": here}
    assert found[f"http://testserver{lone.get_url()}"] == {}
    assert not any(page.slug in address for page in (draft, hidden) for address in found)
    assert found["http://testserver/fr/cases/"]["ar"] == "http://testserver/ar/cases/"
    assert "http://testserver/en/countries/ken/" in found
    assert "http://testserver/en/countries/fra/" not in found
    assert "http://testserver/en/" in found


def test_a_long_sitemap_is_an_index_of_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = urls()
    monkeypatch.setattr(sitemaps, "MOST", 10)
    index = ElementTree.fromstring(body("/sitemap.xml"))
    parts = [loc.text or "" for loc in index.findall("s:sitemap/s:loc", SPACES)]
    assert len(parts) > 1
    together = [address for part in parts for address in urls(part.removeprefix("http://testserver"))]
    assert sorted(together) == sorted(whole)
    for number in (0, len(parts) + 1, "x"):
        get(f"/sitemap.xml?part={number}", 404)


def test_sql_does_not_grow_and_an_unchanged_sitemap_is_not_sent_again() -> None:
    counts = []
    for _ in range(2):
        for _ in range(3):
            translate(make_case(), "fr")
        body("/sitemap.xml")
        with CaptureQueriesContext(connection) as captured:
            answer = get("/sitemap.xml")
        counts.append(len(captured))
    assert counts[0] == counts[1]
    get("/sitemap.xml", 304, **{"If-None-Match": answer["ETag"]})


def test_robots_are_led_to_the_sitemap_and_not_into_downloads() -> None:
    text = body("/robots.txt").decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /*/search/export." in text
