"""Asks one address whether it is there: the head only, a little of the body where servers refuse that."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin

from django.conf import settings

from cases.checks.links.guard import ForbiddenError, Target, UnknownHostError, vet
from cases.models.findings import LinkResult

SECONDS: Final = 8
"""Of silence, on one connection."""
LONGEST: Final = 20
"""Seconds for one connection with all its redirects: a server that sends a byte now and then is hung up on."""
MOST_REDIRECTS: Final = 5
MOST_BYTES: Final = 65_536
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
REFUSES_HEAD: Final = frozenset({400, 403, 404, 405, 406, 501})
GONE: Final = frozenset({404, 410})
GOOD, BAD = 200, 400
State = LinkResult.State


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found out."""

    state: str
    code: int | None = None
    problem: str = ""


def ask(url: str) -> Answer:
    """Look at an address; never raises for what a server does."""
    try:
        code = _follow(url)
    except ForbiddenError as error:
        return Answer(State.FORBIDDEN, problem=str(error))
    except UnknownHostError as error:
        return Answer(State.BROKEN, problem=str(error))
    except (ssl.SSLError, ssl.CertificateError):
        return Answer(State.BROKEN, problem="the certificate is not valid")
    except TimeoutError:
        return Answer(State.BROKEN, problem="no answer in time")
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(State.BROKEN, problem="no connection, or no answer that could be read")
    return _judged(code)


def _judged(code: int | None) -> Answer:
    if code is None:
        return Answer(State.BROKEN, problem="redirects without end")
    if GOOD <= code < BAD:
        return Answer(State.OK, code)
    # Others refuse programs, or are ill for the moment: a person may still get through.
    return Answer(State.BROKEN if code in GONE else State.UNSURE, code)


def _follow(url: str) -> int | None:
    """The status at the end of the redirects; None when there is no end."""
    for _step in range(MOST_REDIRECTS + 1):
        target = vet(url)
        code, location = _request(target, "HEAD")
        if code in REFUSES_HEAD:
            code, location = _request(target, "GET")
        if code not in REDIRECTS or not location:
            return code
        url = urljoin(url, location)
    return None


def _request(target: Target, method: str) -> tuple[int, str]:
    connection = _connection(target)
    hang_up = threading.Timer(LONGEST, _close, [connection])
    hang_up.daemon = True
    hang_up.start()
    try:
        connection.request(method, target.path, headers=_headers(target))
        response = connection.getresponse()
        if method == "GET":
            response.read(MOST_BYTES)
        return response.status, response.getheader("Location") or ""
    finally:
        hang_up.cancel()
        connection.close()


def _headers(target: Target) -> dict[str, str]:
    """Say who asks, so that whoever runs the server can ask back."""
    return {
        "User-Agent": f"link check of {settings.SITE_URL}",
        "Accept": "*/*",
        "Range": f"bytes=0-{MOST_BYTES - 1}",
        "Host": target.host if target.port in (80, 443) else f"{target.host}:{target.port}",
    }


def _connection(target: Target) -> http.client.HTTPConnection:
    """To the vetted network address, whatever the name says by now; certificates are checked against the name."""
    connection: Any = http.client.HTTPConnection(target.host, target.port, timeout=SECONDS)
    plain = socket.create_connection((target.address, target.port), timeout=SECONDS)
    try:
        connection.sock = _secured(plain, target.host) if target.scheme == "https" else plain
    except BaseException:
        plain.close()
        raise
    made: http.client.HTTPConnection = connection
    return made


def _secured(plain: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def _close(connection: http.client.HTTPConnection) -> None:
    if connection.sock:
        connection.sock.shutdown(socket.SHUT_RDWR)
