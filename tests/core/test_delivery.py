"""How answers travel: what they may load, who may keep them, and that nothing is sent twice."""

from __future__ import annotations

import gzip
import re

from django.test import Client

import brotli
import pytest

from accounts.models import User
from core.styles import address
from tests.factories.entries import make_case
from tests.home.reading import read

pytestmark = pytest.mark.usefixtures("repository")


def policy_of(client: Client, path: str) -> dict[str, str]:
    parts = client.get(path)["Content-Security-Policy"].split("; ")
    return {name: sources for name, _space, sources in (part.partition(" ") for part in parts)}


def chief() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("chief@example.org", is_superuser=True))
    return client


def test_public_pages_run_no_code_of_their_own_and_load_nothing_from_elsewhere(client: Client) -> None:
    for path in ("/en/", "/en/search/", make_case().url, "/en/nothing-here/", "/en/join/"):
        policy = policy_of(client, path)
        assert policy["default-src"] == "'none'", path
        assert {"'self'"} == {policy[name] for name in ("script-src", "style-src", "img-src", "connect-src")}, path


def test_the_admin_has_a_policy_of_its_own(client: Client) -> None:
    assert "'unsafe-inline'" in policy_of(client, "/admin/login/")["script-src"]
    assert policy_of(client, "/admin/login/")["frame-ancestors"] == "'self'"


@pytest.mark.parametrize("path", ["/en/", "/en/search/?q=wells&country=ken", "/en/teams/ken/", "/en/about/", "{case}"])
def test_a_repeat_visit_is_answered_by_304_and_a_cache_asks_first(client: Client, path: str) -> None:
    path = path.format(case=make_case(title="Wells").url)
    first = client.get(path)
    assert "no-cache" in first["Cache-Control"]
    assert "no-store" not in first["Cache-Control"]
    assert "Cookie" in first["Vary"]
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_changed_since_is_sent_whole(client: Client) -> None:
    case = make_case(title="Wells")
    first = client.get(case.url)
    case.unpublish()
    assert client.get(case.url, headers={"If-None-Match": first["ETag"]}).status_code == 404


def test_pages_of_people_who_are_signed_in_are_kept_nowhere(client: Client) -> None:
    member = chief()
    page = member.get("/en/search/")
    assert {"private", "no-store"} <= set(re.split(", *", page["Cache-Control"]))
    assert member.get("/en/search/", headers={"If-None-Match": client.get("/en/search/")["ETag"]}).status_code == 200


def test_a_form_with_a_secret_is_nobody_elses(client: Client) -> None:
    assert "private" in client.get("/en/join/")["Cache-Control"]


def test_texts_travel_compressed_and_files_as_they_are(client: Client) -> None:
    page = client.get("/en/search/", headers={"Accept-Encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert b"</html>" in gzip.decompress(page.content)
    assert "Accept-Encoding" in page["Vary"]
    assert client.get("/en/search/", headers={"If-None-Match": page["ETag"]}).status_code == 304


def test_shared_texts_travel_in_the_smaller_form_that_a_browser_knows(client: Client) -> None:
    page = client.get("/en/search/", headers={"Accept-Encoding": "gzip, deflate, br"})
    assert page["Content-Encoding"] == "br"
    assert b"</html>" in brotli.decompress(page.content)
    assert client.get("/en/search/", headers={"If-None-Match": page["ETag"]}).status_code == 304
    assert client.get("/en/search/", headers={"Accept-Encoding": "gzip, br;q=0"})["Content-Encoding"] == "gzip"
    assert chief().get("/en/search/", headers={"Accept-Encoding": "gzip, br"})["Content-Encoding"] == "gzip"


def test_a_style_sheet_is_kept_forever_under_the_address_of_its_text(client: Client) -> None:
    (link, *_others) = read(client.get("/en/")).all("link", rel="stylesheet")
    sheet = client.get(link["href"])
    assert sheet["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Cookie" not in sheet.get("Vary", "")
    text = sheet.content.decode()
    assert "/*" not in text
    assert ".card :is(h2,h3) a{" in text
    assert client.get("/styles/site.000000000000.css")["Cache-Control"] == "no-cache"
    assert client.get("/styles/nothing.000000000000.css").status_code == 404
    with pytest.raises(FileNotFoundError):
        address("nothing")
