"""A feed of any search that readers of feeds accept: stable names, stamps of the last publication, languages."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import Page

import feedparser
import pytest

from api import feeds
from core.withdrawals import withdraw
from tests.api.conftest import body, get
from tests.factories.entries import make_case, make_method, translate

ADDRESS = "/en/search/feed.atom"


def read(address: str = ADDRESS) -> feedparser.FeedParserDict:
    found = feedparser.parse(body(address))
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def published(page: Page, days: int) -> None:
    Page.objects.filter(pk=page.pk).update(last_published_at=timezone.now() - timedelta(days=days))


def test_entries_are_named_by_reference_and_stamped_by_their_last_publication() -> None:
    old, new, method = make_case(title="Old & <odd>"), make_case(title="New"), make_method(title="Method")
    for days, page in enumerate((new, method, old)):
        published(page, days)
    found = read()
    assert [entry.title for entry in found.entries] == ["New", "Method", "Old & <odd>"]
    assert [entry.id for entry in found.entries] == [
        f"http://testserver/r/{page.reference}/" for page in (new, method, old)
    ]
    assert found.feed.updated == found.entries[0].updated
    assert found.entries[0].link == f"http://testserver{new.get_url()}"
    assert found.entries[0].author == "Country team Team ken"
    assert [tag.term for tag in found.entries[0].tags] == ["health"]
    published(old, -1)
    assert read().entries[0].id.endswith(f"{old.reference}/")


def test_a_feed_is_of_a_search_in_a_language() -> None:
    case = make_case(title="Water points")
    translate(case, "fr", title="Points d’eau")
    make_case(title="Forest", terms={"themes": ["energy"]})
    found = read("/fr/search/feed.atom?theme=health")
    assert [(entry.title, entry.link) for entry in found.entries] == [
        ("Points d’eau", f"http://testserver/fr/teams/ken/{case.slug}/")
    ]
    assert found.feed.language == "fr"
    assert found.feed.id == "http://testserver/fr/search/feed.atom?theme=health"
    assert read("/fr/search/feed.atom?q=nowhere").entries == []
    assert read("/es/search/feed.atom?q=water").entries[0].title == "Water points"


def test_a_withdrawn_entry_is_gone_at_once_and_an_unchanged_feed_is_not_sent_again() -> None:
    case = make_case()
    make_case(live=False, title="Draft")
    answer = get(ADDRESS)
    assert len(read().entries) == 1
    assert get(ADDRESS, 304, **{"If-None-Match": answer["ETag"]}).content == b""
    withdraw(case, reason="other", public_reason="Asked for.", reference=case.reference)
    get(ADDRESS, **{"If-None-Match": answer["ETag"]})
    assert read().entries == []


def test_the_limit_holds_and_sql_does_not_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "LIMIT", 4)
    counts = []
    for number in (1, 5):
        for _ in range(number):
            make_case()
        body(ADDRESS)
        with CaptureQueriesContext(connection) as captured:
            found = read()
        counts.append((len(found.entries), len(captured)))
    assert counts[0][0] == 1
    assert counts[1] == (4, counts[0][1])
