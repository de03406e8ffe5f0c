"""An engine on the node of the tests, and stand-ins for a cluster in trouble."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from search.documents import IndexDocument
from search.engines.elasticsearch import ElasticsearchEngine
from tests.search.documents_corpus import corpus

DOCUMENTS = list(corpus(60))


@pytest.fixture
def empty(cluster: str, repository: None, settings: Any) -> ElasticsearchEngine:
    """An engine on a cluster that has nothing of it yet; the site searches with another object of it."""
    settings.SEARCH_ENGINE = "elasticsearch"
    return ElasticsearchEngine()


@pytest.fixture
def filled(empty: ElasticsearchEngine) -> ElasticsearchEngine:
    """The same with sixty documents."""
    return fill(empty, DOCUMENTS)


def fill(engine: ElasticsearchEngine, documents: list[IndexDocument]) -> ElasticsearchEngine:
    build = engine.begin_rebuild()
    build.put(documents)
    build.publish()
    return engine


class StandIn:
    """What answers in the place of a cluster; `asked` counts the requests, `headers` are those of the last one."""

    def __init__(self) -> None:
        self.asked = 0
        self.headers: Mapping[str, str] = {}
        self.url = ""


@contextmanager
def standing_in(answer: Callable[[], tuple[int, Any]], tls: ssl.SSLContext | None = None) -> Iterator[StandIn]:
    """A server on loopback that answers every request as told."""
    seen = StandIn()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _respond(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            seen.asked += 1
            seen.headers = self.headers
            status, body = answer()
            sent = json.dumps(body).encode()
            self.send_response(status)
            for name, value in (
                ("Content-Type", "application/vnd.elasticsearch+json;compatible-with=8"),
                ("X-Elastic-Product", "Elasticsearch"),
                ("Content-Length", str(len(sent))),
            ):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_: Any) -> None:
            """Stay silent."""

    for method in ("GET", "POST", "PUT", "DELETE", "HEAD"):
        setattr(Handler, f"do_{method}", Handler._respond)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    seen.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield seen
    finally:
        server.shutdown()
        server.server_close()


def nobody() -> str:
    """The address of a port on which nobody listens."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def at(settings: Any, url: str, **more: Any) -> None:
    """Let the site look for its cluster there."""
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH = replace(settings.ELASTICSEARCH, urls=(url,), **more)
