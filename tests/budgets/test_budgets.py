"""What a visit costs, by kind of page: bytes, requests, queries, and nothing at all for a page that did not change.

The numbers stand in `tests.page_types`. Moving while a page loads is looked at with axe, in the same browser.
"""

from __future__ import annotations

from pathlib import Path

from django.contrib.staticfiles import finders
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

import brotli
import pytest

from cases.models import EntryPage
from core.delivery import EFFORT
from tests.factories.entries import make_case, make_team
from tests.factories.pages import make_pages
from tests.home.reading import read
from tests.page_types import PAGE_TYPES, PageType

pytestmark = [pytest.mark.usefixtures("repository"), pytest.mark.once]


def test_pages_keep_within_their_bytes_requests_and_queries(client: Client) -> None:
    make_pages()
    over = [line for kind in PAGE_TYPES for line in _over(client, kind)]
    assert not over, "\n".join(over)


def _over(client: Client, kind: PageType) -> list[str]:
    for lang in ("en", "ar"):
        client.get(kind.at("many", lang))  # menus and vocabularies are kept between requests
    faults = []
    for lang in ("en", "ar"):
        address = kind.at("many", lang)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
            sql = len(queries)
        parts = [response.content, *(_fetched(client, path) for path in _files(response))]
        kb = sum(len(brotli.compress(part, mode=brotli.MODE_TEXT, quality=EFFORT)) for part in parts) / 1000
        measured = (("kb", kb, kind.kb), ("requests", len(parts), kind.requests), ("sql", sql, kind.sql))
        faults += [f"{kind.name} {address}: {name} {is_:g}, may be {may:g}" for name, is_, may in measured if is_ > may]
        if response.status_code != kind.status:
            faults.append(f"{kind.name} {address}: status {response.status_code}")
    return faults


def _files(response: HttpResponse) -> list[str]:
    """The files a browser fetches for a page before pictures."""
    reading = read(response)
    sheets = [link["href"] for link in reading.all("link", rel="stylesheet")]
    return sheets + [script["src"] for script in reading.all("script") if "src" in script]


def _fetched(client: Client, path: str) -> bytes:
    if path.startswith("/static/"):
        return Path(str(finders.find(path.removeprefix("/static/")))).read_bytes()
    return client.get(path).content


def test_a_repeat_visit_of_a_page_that_did_not_change_gets_304(client: Client) -> None:
    make_pages(many=0)
    sent = {}
    for kind in PAGE_TYPES:
        first = client.get(kind.at("many", "en"))
        if kind.status == 200 and "no-store" not in first["Cache-Control"] and "csrftoken" not in first.cookies:
            again = client.get(kind.at("many", "en"), headers={"If-None-Match": first["ETag"]})
            sent[kind.name] = again.status_code
    assert {name for name, status in sent.items() if status != 304} == set()
    assert {"home", "search", "case", "method", "country", "team"} <= set(sent)


def test_more_entries_cost_no_more_queries(client: Client) -> None:
    make_pages(many=1)
    add_cases(1)
    # Which entries are similar is settled by chance among equals, and pictures are asked for when one of them has any.
    EntryPage.objects.update(cover=None)
    few = {kind.name: _queries(client, kind) for kind in PAGE_TYPES}
    add_cases(3)
    assert {kind.name: _queries(client, kind) for kind in PAGE_TYPES} == few


def add_cases(number: int) -> None:
    """Cases that are like the others in what pages list them by."""
    terms = {"themes": ["water-sanitation", "health"], "sdgs": ["sdg-06"]}
    for place in range(number):
        make_case(make_team("ken"), title=f"Water {number} {place}", terms=terms)


def _queries(client: Client, kind: PageType) -> int:
    client.get(kind.at("many", "en"))
    with CaptureQueriesContext(connection) as queries:
        client.get(kind.at("many", "en"))
    return len(queries)
