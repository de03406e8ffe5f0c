"""Asks an address and reads all of the answer: status, headers, messages, body, also what is packed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from itertools import zip_longest
from typing import Any
from urllib.parse import unquote

from django.contrib.messages import get_messages
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client

from cases.terms import refresh

AJAX = {"X-Requested-With": "XMLHttpRequest"}
CHANGING = re.compile(
    r"csrfmiddlewaretoken[^>]*>|csrfToken&quot;:[^,]*,|csrf[-_]?token\W+[\w-]+|nonce=\"[^\"]*\"|sessionid=\S+"
    r"|[\d.]+ (?:hours?|minutes?|seconds?|days?)|\d+\xa0\w+|just now",
    re.IGNORECASE,
)
"""What differs between two answers to the same question."""

DERIVED = ("Content-Length", "Date", "ETag", "Expires")
"""Headers that follow from the moment and from the rest of the answer, which is compared as it is."""

LOOKED = ("django_session", "core_attempt", "search_failedsearch", "core_picturerendition", "cases_filereading")
"""What looking leaves behind: one's own session, that one asked, what was searched for in vain, small pictures, what
a file holds.
"""

WRITE = re.compile(rf'\s*(?:(INSERT)(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(?!(?:{"|".join(LOOKED)})")(\w+)"')
"""A statement that changes something."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, reduced to what a person could learn from it."""

    status: int
    text: str
    written: tuple[str, ...] = ()
    """The tables to which the question led something to be written, also what was taken back."""

    def difference(self, other: Answer, keys: Iterable[Any]) -> str:
        """The first line that differs, the keys that were asked with aside; empty when both tell the same."""
        if self.status != other.status:
            return f"{self.status}, {other.status} if it were not there"
        words = [str(key) for key in keys if key]
        pairs = zip_longest(_plain(self.text, words), _plain(other.text, words), fillvalue="nothing")
        return next((f"{one.strip()!r} for {two.strip()!r}" for one, two in pairs if one != two), "")


class Writes:
    """Notes each table that is written to: a question that was refused writes nowhere."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        # An insertion always writes; what it returns is not read yet, so that some databases count nothing.
        if (found := WRITE.match(sql)) and (found[1] or context["cursor"].rowcount):
            self.tables.add(found[2])
        return result


def ask(client: Client, method: str, address: str, data: Mapping[str, Any] | None = None, ajax: bool = False) -> Answer:
    """Ask, and take back whatever the question did."""
    client.cookies.pop("messages", None)
    with transaction.atomic():
        headers = AJAX if ajax else {}
        writes = Writes()
        with connection.execute_wrapper(writes):
            response = getattr(client, method)(address, data or {}, headers=headers)
            answer = Answer(response.status_code, _text(response), tuple(sorted(writes.tables)))
        transaction.set_rollback(True)
    if answer.written:
        forget()
    return answer


def forget() -> None:
    """Empty what is kept outside the database: what was taken back must not be remembered."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    refresh()


def _text(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    headers = "\n".join(f"{name}: {unquote(value)}" for name, value in response.headers.items())
    messages = "\n".join(str(message) for message in get_messages(response.wsgi_request))
    return f"{headers}\n\n{messages}\n\n{_readable(body)}"


def _readable(body: bytes) -> str:
    """The body as text, with its entities and escapes also read."""
    text = body.decode("utf-8", errors="replace")
    return f"{text}\n{unescape(text)}" if "&" in text else text


def _plain(text: str, keys: Iterable[str]) -> list[str]:
    """The lines without tokens, times and the keys that were asked with."""
    numbers = "|".join(sorted(key for key in keys if key.isdecimal()))
    words = sorted((key for key in keys if not key.isdecimal()), key=len, reverse=True)
    asked = "|".join([*map(re.escape, words), *([rf"(?<![\w-])(?<!\d\.)(?:{numbers})(?![\w])"] if numbers else [])])
    text = CHANGING.sub("", unquote(text))
    text = re.sub(asked, "KEY", text) if asked else text
    return [line for line in text.splitlines() if not line.startswith(DERIVED)]
