"""Mail addresses of persons. Syntax: RFC 5321 as people write it; reserved names: RFC 2606 and RFC 6761.

Role mailboxes are allowed: RFC 2142 names those of services, to which the words are added that organisations in the
languages of the site use (`roles.txt`). The local part is cut at `.`, `-`, `_`, `+` and digits, and every piece of it
has to be such a word or the domain's own name (`info2@`, `data-desk@`, `knbs@knbs.or.ke`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cases.checks.detect.spans import Match
from cases.checks.kinds import Kind

_LOCAL: Final = r"[^\s@<>()\[\]\",;:/\\=?&|]{1,64}"
_DOMAIN: Final = r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}"
PLAIN: Final = re.compile(rf"(?<![\w.+-])({_LOCAL})@({_DOMAIN})\b")
SPELT: Final = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64})\s?(?:\(at\)|\[at\]|\{at\}|<at>|\(arroba\)|\(arobase\))\s?"
    r"((?:[\w-]+\s?(?:\.|\(dot\)|\[dot\]|\(punto\)|\(point\))\s?)+[a-z]{2,24})\b",
    re.IGNORECASE,
)
_DOT: Final = re.compile(r"\s?(?:\.|\(dot\)|\[dot\]|\(punto\)|\(point\))\s?", re.IGNORECASE)
RESERVED: Final = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)$", re.IGNORECASE)
ROLES: Final = frozenset(
    word
    for line in Path(__file__).with_name("roles.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
PIECES: Final = re.compile(r"[.\-_+\d]+")


def find(text: str) -> Iterator[Match]:
    """Addresses that may be a person's own."""
    for start, end, written, local, domain in _addresses(text):
        if not is_allowed(local, domain):
            yield Match(Kind.MAIL, start, end, written, "mail address")


def allowed(text: str) -> Iterator[tuple[int, int]]:
    """Where the other addresses stand."""
    for start, end, _written, local, domain in _addresses(text):
        if is_allowed(local, domain):
            yield start, end


def is_allowed(local: str, domain: str) -> bool:
    """Whether the address is a role's, or of a domain that is nobody's."""
    if RESERVED.search(domain):
        return True
    names = {*domain.casefold().split("."), *PIECES.split(domain.casefold())} - {""}
    pieces = [piece for piece in PIECES.split(local.casefold()) if piece]
    # A provider's name says nothing of its users: `gmail@gmail.com` is no role, but nobody's own either.
    return bool(pieces) and all(piece in ROLES or piece in names for piece in pieces)


def _addresses(text: str) -> Iterator[tuple[int, int, str, str, str]]:
    for found in PLAIN.finditer(text):
        local = found[1].rsplit("mailto", 1)[-1].strip(".'`")
        if local and "@" not in local:
            yield found.end() - len(found[0]), found.end(), f"{local}@{found[2]}", local, found[2]
    for found in SPELT.finditer(text):
        yield found.start(), found.end(), found[0], found[1], _DOT.sub(".", found[2]).replace(" ", "")
