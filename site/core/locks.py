"""One process at a time: PostgreSQL's advisory locks, else `flock` on a file in DATA_DIR.

Both end with the process that holds them, however it ends; the file stays and means nothing by itself.
"""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final
from zlib import crc32

from django.conf import settings
from django.db import connection
from django.utils import timezone

_CLASS: Final = 0x43434458
"""Apart from the advisory locks of other programs in the same database; below 2^31."""
_PAUSE: Final = 0.02
_OURS: Final = (
    "l.locktype = 'advisory' AND l.granted AND l.classid = %s AND l.objid = %s"
    " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
"""Reading the locks, and not trying one: a session gets its own locks as often as it asks."""
_SELECT: Final = "SELECT a.pid, host(a.client_addr) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE "


@contextmanager
def held(name: str, wait: float = 0) -> Iterator[bool]:
    """Hold the lock inside the block and give True; False when it is not to be had within `wait` seconds."""
    with _held_in_database(name, wait) if connection.vendor == "postgresql" else _held_by_file(name, wait) as mine:
        yield mine


def is_held(name: str) -> bool:
    """Whether anybody holds the lock just now."""
    if connection.vendor == "postgresql":
        return _ask(f"SELECT EXISTS (SELECT 1 FROM pg_locks l WHERE {_OURS})", name)  # noqa: S608 - a constant
    with _opened(name) as file:
        return not _try(file, fcntl.LOCK_SH)


def holder(name: str) -> str:
    """Who holds the lock, in words; empty when nobody does."""
    if connection.vendor == "postgresql":
        return _holder_in_database(name)
    return _path(name).read_text().strip() if is_held(name) else ""


@contextmanager
def _held_by_file(name: str, wait: float) -> Iterator[bool]:
    with _opened(name) as file:
        mine = _within(wait, lambda: _try(file, fcntl.LOCK_EX))
        if mine:
            file.truncate(0)
            file.seek(0)
            file.write(f"process {os.getpid()} on {socket.gethostname()} since {timezone.now():%Y-%m-%d %H:%M:%S} UTC")
            file.flush()
        yield mine  # closing the file gives the lock back


@contextmanager
def _held_in_database(name: str, wait: float) -> Iterator[bool]:
    mine = _within(wait, lambda: _ask("SELECT pg_try_advisory_lock(%s, %s)", name))
    try:
        yield mine
    finally:
        if mine:
            _ask("SELECT pg_advisory_unlock(%s, %s)", name)


def _within(seconds: float, attempt: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not attempt():
        if time.monotonic() >= end:
            return False
        time.sleep(_PAUSE)
    return True


def _path(name: str) -> Path:
    folder = Path(settings.DATA_DIR) / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def _opened(name: str) -> IO[str]:
    return _path(name).open("a+")


def _try(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _number(name: str) -> int:
    return crc32(name.encode()) & 0x7FFFFFFF


def _ask(sql: str, name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [_CLASS, _number(name)])
        return bool(cursor.fetchone()[0])


def _holder_in_database(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            _SELECT + _OURS,
            [_CLASS, _number(name)],
        )
        row = cursor.fetchone()
    return f"database session {row[0]} from {row[1] or 'this machine'}" if row else ""
