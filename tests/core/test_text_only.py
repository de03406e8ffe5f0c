"""Pages without pictures: chosen by a link, remembered by a cookie, apart in every cache."""

from __future__ import annotations

from django.test import Client

import pytest

from core.text_only import TextOnly
from tests.factories.entries import make_case
from tests.factories.files import make_picture
from tests.home.reading import read

pytestmark = pytest.mark.usefixtures("repository")


def switch(client: Client, path: str) -> str:
    (link,) = (a["href"] for a in read(client.get(path)).all("a") if a["href"].startswith("/pictures/"))
    return link


def test_a_link_takes_pictures_away_and_brings_them_back(client: Client) -> None:
    case = make_case(title="Wells", cover=make_picture(name="well.jpg"))
    whole = client.get(case.url)
    assert read(whole).all("img")
    left = client.get(switch(client, case.url))
    assert (left.status_code, left["Location"]) == (302, case.url)
    assert "no-store" in left["Cache-Control"]
    bare = client.get(case.url)
    assert not [*read(bare).all("img"), *read(bare).all("picture"), *read(bare).all("source")]
    assert "Cookie" in bare["Vary"]
    assert bare["ETag"] != whole["ETag"]
    client.get(switch(client, case.url))
    assert read(client.get(case.url)).all("img")


def test_the_way_back_leads_to_where_one_was_and_never_away(client: Client) -> None:
    for back in ("https://example.org/", "//example.org/", "javascript:x"):
        assert client.get("/pictures/off/", {"back": back})["Location"] == "/"
    narrowed = "http://testserver/en/search/?q=wells"
    assert client.get("/pictures/off/", {"back": "/en/"}, headers={"Referer": narrowed})["Location"] == narrowed
    away = {"Referer": "https://example.org/x"}
    assert client.get("/pictures/off/", {"back": "/en/"}, headers=away)["Location"] == "/en/"
    assert client.get("/pictures/maybe/").status_code == 404


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ('<p>a<img src="x" alt="A &quot;well&quot;">b</p>', "A &quot;well&quot;"),
        ('<picture><source srcset="y"><img\nalt="Two" src="x"></picture>', "Two"),
        ('<img src="x" alt="">', ""),
        ('<img src="x">', ""),
        ('<svg class="map__drawing" width="2"><a href="/x">Kenya</a></svg>', ""),
    ],
)
def test_a_picture_is_said_in_words(html: str, left: str) -> None:
    from django.http import HttpResponse
    from django.test import RequestFactory

    request = RequestFactory().get("/en/")
    request.COOKIES["pictures"] = "off"
    answer = TextOnly(lambda _request: HttpResponse(html))(request).content.decode()
    assert "<img" not in answer
    assert "<svg" not in answer
    assert left in answer
    assert ("picture-words" in answer) == bool(left)
