"""Links: what is asked and what never is, how answers are judged, what the desk is told. Servers are local."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from cases.checks import broken_links
from cases.checks.links.asking import ask
from cases.checks.links.chore import AGAIN, check_links
from cases.checks.links.guard import ForbiddenError, is_public, vet
from cases.models import CaseStudyPage, LinkResult, OfficialUse, Source
from tests.factories.entries import make_case, publish, term

LOOPBACK = "127.0.0.1"


def only_this_machine(address: str, port: int) -> bool:
    """The policy of these tests: nothing but the servers they start."""
    return address == LOOPBACK and port > 1024


class Handler(BaseHTTPRequestHandler):
    """Answers as its path says; remembers what was asked."""

    asked: ClassVar[list[tuple[str, str, str]]] = []

    def _answer(self) -> None:  # noqa: PLR0911 - a table of paths
        self.asked.append((self.command, self.path, self.headers.get("User-Agent", "")))
        name = self.path.strip("/")
        if name == "no-head" and self.command == "HEAD":
            return self._send(405)
        if name == "loop":
            return self._send(302, "/loop")
        if name == "away":
            return self._send(302, "http://10.0.0.1/secret")
        if name == "metadata":
            return self._send(302, "http://169.254.169.254/latest/meta-data/")
        if name == "file":
            return self._send(302, "file:///etc/passwd")
        if name == "on":
            return self._send(301, "/200")
        if name == "endless":
            return self._endless()
        return self._send(int(name) if name.isdecimal() else 200)

    def _send(self, code: int, location: str = "") -> None:
        self.send_response(code)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _endless(self) -> None:
        self.send_response(403 if self.command == "HEAD" else 200)
        self.end_headers()
        if self.command == "GET":
            try:
                for _ in range(10_000):
                    self.wfile.write(b"x" * 10_000)
            except OSError:
                self.asked.append(("hung up", self.path, ""))

    do_GET = do_HEAD = _answer  # noqa: N815 - names that the library asks for

    def log_message(self, *args: Any) -> None:
        """Silence."""


@pytest.fixture
def server(settings: Any) -> Iterator[str]:
    """A web server on this machine, which the settings of the test allow to ask."""
    settings.LINKS_ADDRESS_POLICY = f"{__name__}.only_this_machine"
    Handler.asked.clear()
    running = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://{LOOPBACK}:{running.server_address[1]}"
    running.shutdown()
    running.server_close()


@pytest.mark.parametrize(
    ("path", "state", "code"),
    [
        ("200", "ok", 200),
        ("on", "ok", 200),
        ("no-head", "ok", 200),
        ("404", "broken", 404),
        ("410", "broken", 410),
        ("403", "unsure", 403),
        ("429", "unsure", 429),
        ("503", "unsure", 503),
        ("loop", "broken", None),
        ("away", "forbidden", None),
        ("metadata", "forbidden", None),
        ("file", "forbidden", None),
    ],
)
def test_how_answers_are_judged(server: str, path: str, state: str, code: int | None) -> None:
    answer = ask(f"{server}/{path}")
    assert (answer.state, answer.code) == (state, code)


def test_who_asks_says_so_and_reads_only_a_little(server: str) -> None:
    assert ask(f"{server}/endless").state == "ok"
    assert {method for method, _path, _agent in Handler.asked} >= {"HEAD", "GET"}
    assert all("link check of" in agent for method, _path, agent in Handler.asked if method in {"HEAD", "GET"})


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://172.16.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://224.0.0.1/",
        "http://8.8.8.8:22/",
        "http://8.8.8.8:6379/",
        "http://user:secret@8.8.8.8/",
        "ftp://8.8.8.8/",
        "file:///etc/passwd",
        "gopher://8.8.8.8/",
        "javascript:alert(1)",
        "http://",
        "http://[broken/",
        "http://8.8.8.8:99999/",
        "",
    ],
)
def test_what_is_never_asked(url: str) -> None:
    with pytest.raises(ForbiddenError):
        vet(url)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888"])
def test_public_servers_may_be_asked(address: str) -> None:
    assert is_public(address, 443)
    assert not is_public(address, 25)


def test_a_line_break_in_an_address_starts_no_second_request(server: str) -> None:
    ask(f"{server}/a b\r\nX-Evil: 1\r\n\r\nGET /evil")
    assert not any("evil" in path.lower() and path.startswith("/evil") for _m, path, _a in Handler.asked)


def linked(server: str, *paths: str) -> CaseStudyPage:
    case = make_case(live=False)
    case.sources = [Source(title=f"Source {path}", link=f"{server}/{path}") for path in paths]
    use = OfficialUse(use_id=term("official_use", "advocacy").id, evidence="The law", link=f"{server}/410")
    case.official_uses = [use]
    return publish(case)


def look_at_all() -> None:
    """As the worker does over and over: each run takes one address of each server."""
    while check_links():
        pass


def age(**fields: Any) -> None:
    LinkResult.objects.update(checked_at=timezone.now() - 2 * AGAIN, **fields)


@pytest.mark.django_db
def test_a_link_is_told_only_when_it_fails_a_second_time(server: str, repository: None) -> None:
    case = linked(server, "200", "404")
    make_case(live=False, sources=[Source(title="Of a draft", link=f"{server}/404?draft")])
    assert check_links() == 1  # one of each server in a run
    look_at_all()
    assert LinkResult.objects.count() == 3
    assert broken_links() == []
    age()
    look_at_all()
    told = broken_links()
    assert {(link.field, link.title, link.code, link.entry.pk) for link in told} == {
        ("sources", "Source 404", 404, case.pk),
        ("official_uses", "The law", 410, case.pk),
    }
    assert all(link.broken_since for link in told)


@pytest.mark.django_db
def test_what_is_linked_no_more_is_forgotten(server: str, repository: None) -> None:
    case = linked(server, "404")
    look_at_all()
    case.sources = []
    publish(case)
    check_links()
    assert not LinkResult.objects.filter(url__endswith="/404").exists()


@pytest.mark.django_db
def test_the_report_costs_the_same_for_many(server: str, repository: None) -> None:
    linked(server, "404")
    look_at_all()
    LinkResult.objects.update(failures=2)
    with CaptureQueriesContext(connection) as few:
        assert broken_links()
    for number in range(5):
        linked(server, *(f"404?{number}-{n}" for n in range(5)))
    LinkResult.objects.bulk_create(
        LinkResult(url=source.link, state="broken", failures=2, checked_at=timezone.now())
        for source in Source.objects.filter(link__contains="?")
    )
    with CaptureQueriesContext(connection) as many:
        assert len(broken_links()) == 32
    assert len(few) == len(many)
