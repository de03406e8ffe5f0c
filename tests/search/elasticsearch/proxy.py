"""A proxy before the node of the tests in which single items of bulk requests fail, as in a cluster in trouble."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import urllib3

ERRORS = {
    400: ("document_parsing_exception", "failed to parse field [facet_year]"),
    429: ("es_rejected_execution_exception", "rejected execution of primary operation"),
    503: ("unavailable_shards_exception", "primary shard is not active"),
}
Failing = Callable[[str], int]
"""For the key of an item the status that it fails with, 0 for none."""
Item = tuple[dict[str, Any], list[bytes]]


@contextmanager
def failing_items(node: str, failing: Failing) -> Iterator[str]:
    """The address of a proxy to a node; items that fail never reach it."""
    pool = urllib3.connection_from_url(node, maxsize=4)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _respond(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            kept = {name: value for name, value in self.headers.items() if name.lower() in ("accept", "content-type")}

            def ask(sent: bytes) -> urllib3.BaseHTTPResponse:
                return pool.request(self.command, self.path, body=sent, headers=kept)

            is_bulk = self.path.partition("?")[0].endswith("/_bulk")
            status, kind, answer = _bulk(body, failing, ask) if is_bulk else _read(ask(body))
            self.send_response(status)
            for name, value in (
                ("Content-Type", kind),
                ("X-Elastic-Product", "Elasticsearch"),
                ("Content-Length", str(len(answer))),
            ):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else answer)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _respond  # noqa: N815 - the names that the server calls

        def log_message(self, *_: Any) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _read(answer: urllib3.BaseHTTPResponse) -> tuple[int, str, bytes]:
    return answer.status, answer.headers.get("Content-Type", "application/json"), answer.data


def _bulk(body: bytes, failing: Failing, ask: Callable[[bytes], urllib3.BaseHTTPResponse]) -> tuple[int, str, bytes]:
    """Send on what does not fail, and answer for all in their order."""
    items = list(_items(body.splitlines()))
    statuses = [failing(next(iter(action.values()))["_id"]) for action, _ in items]
    passed = [line for (_, lines), status in zip(items, statuses, strict=True) if not status for line in lines]
    answers: Iterator[Any] = iter(())
    if passed:
        status, kind, answer = _read(ask(b"\n".join([*passed, b""])))
        if status != 200:
            return status, kind, answer
        answers = iter(json.loads(answer)["items"])
    told = [
        _failed(action, status) if status else next(answers)
        for (action, _), status in zip(items, statuses, strict=True)
    ]
    kind = "application/vnd.elasticsearch+json;compatible-with=8"
    return 200, kind, json.dumps({"took": 1, "errors": any(statuses), "items": told}).encode()


def _items(lines: list[bytes]) -> Iterator[Item]:
    rest = iter(lines)
    for line in rest:
        action = json.loads(line)
        yield action, [line] if "delete" in action else [line, next(rest)]


def _failed(action: dict[str, Any], status: int) -> dict[str, Any]:
    ((operation, about),) = action.items()
    kind, reason = ERRORS[status]
    return {operation: {"_id": about["_id"], "status": status, "error": {"type": kind, "reason": reason}}}
