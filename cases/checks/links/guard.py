"""Which addresses the site itself may ask: public web servers only, found out before and kept for the connection.

Addresses are typed by authors, so they could point into our own network. A name is resolved once, every address it
leads to must be public, and the connection goes to exactly that address: a name that changes its answer meanwhile
(DNS rebinding) changes nothing. Redirects come through here again.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

PORTS: Final = {"http": 80, "https": 443}
ALLOWED_PORTS: Final = frozenset({80, 443, 8080, 8443})
TRANSLATED: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16"))
"""NAT64 and 6to4: addresses of version 6 that hold one of version 4."""
LONGEST_NAME: Final = 253
Policy = Callable[[str, int], bool]


class ForbiddenError(ValueError):
    """The address is not one that the site may ask."""


class UnknownHostError(OSError):
    """The name leads nowhere."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect: the parts of the address, and the vetted network address."""

    scheme: str
    host: str
    port: int
    path: str
    address: str


def vet(url: str) -> Target:
    """Take the address apart and look where it leads. Raises `ForbiddenError` or `UnknownHostError`."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
    except (ValueError, UnicodeError) as error:
        raise ForbiddenError("no address of the web") from error
    if parts.scheme not in PORTS or not host or len(host) > LONGEST_NAME or parts.username or parts.password:
        raise ForbiddenError("no address of the web")
    allows = policy()
    found = _resolved(host, port)
    if not all(allows(address, port) for address in found):
        raise ForbiddenError("leads into a network that is not public")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, _quoted(path), found[0])


def policy() -> Policy:
    """The rule for network addresses: `is_public`, or in tests the one that settings name."""
    chosen: Policy = import_string(getattr(settings, "LINKS_ADDRESS_POLICY", "cases.checks.links.guard.is_public"))
    return chosen


def is_public(address: str, port: int) -> bool:
    """Whether this is a public network address, and the port one of a web server."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            found = found.ipv4_mapped
        elif found.sixtofour or found.teredo or any(found in network for network in TRANSLATED):
            return False
    return port in ALLOWED_PORTS and found.is_global and not found.is_multicast and not found.is_reserved


def _resolved(host: str, port: int) -> list[str]:
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise UnknownHostError("the name is not known") from error
    return [str(answer[4][0]) for answer in answers]


def _quoted(path: str) -> str:
    """The path as a request line may hold it: nothing that could end the line."""
    return quote(path, safe="/?&=%:@!$'()*+,;~-._[]|")
