"""The database of the tests right after all migrations, kept between runs: applying them anew takes half a minute.

Kept for SQLite in memory alone, in the machine's folder for temporary files, under a name that changes with every
migration. `migrate` runs all the same and applies whatever the copy lacks.
"""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

MEMORY = "file:memorydb_default?mode=memory&cache=shared"
"""What Django calls the database of its tests on SQLite; it lives as long as somebody is connected."""


@contextmanager
def filled_ahead() -> Iterator[None]:
    """Fill the database of the tests from the copy, if there is one, before Django opens it in this block."""
    copy = _copy()
    if copy is None or not copy.exists():
        yield
        return
    with closing(sqlite3.connect(MEMORY, uri=True)) as memory:
        with closing(sqlite3.connect(copy)) as kept:
            kept.backup(memory)
        yield


def keep() -> None:
    """Keep a copy of the database as it stands, unless there is one of the same migrations."""
    copy = _copy()
    if copy is None or copy.exists():
        return
    connection.ensure_connection()
    # Two workers may write at once: each in a file of its own, and the last name wins.
    with tempfile.TemporaryDirectory(dir=copy.parent) as folder:
        fresh = Path(folder) / copy.name
        with closing(sqlite3.connect(fresh)) as kept:
            connection.connection.backup(kept)
        fresh.replace(copy)


def _copy() -> Path | None:
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3") or database.get("TEST", {}).get("NAME"):
        return None
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(f"{app.label}/{path.name}".encode() + path.read_bytes())
    return Path(tempfile.gettempdir()) / f"ccd-migrated-{digest.hexdigest()[:16]}.sqlite3"
