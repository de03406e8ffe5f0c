"""Generations of the index on disk: DATA_DIR/index/<fingerprint>-<number>/, and CURRENT, which names the live one.

Readers of a generation that was removed go on with what they have open. Locks are the kernel's (flock): they end
with the process that holds them, and their files mean nothing by themselves.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from search.engines.port import SearchUnavailable

WAIT = 30.0
"""Seconds for which a writer waits for another one."""
_PAUSE = 0.01


@dataclass(frozen=True, slots=True)
class Store:
    """The folder of all generations."""

    root: Path
    fingerprint: str

    def current(self) -> str:
        """The name of the live generation. Raises `SearchUnavailable` when there is none of this shape."""
        name = self.pointer()
        if not name:
            raise SearchUnavailable("There is no search index yet.")
        if name.rpartition("-")[0] != self.fingerprint:
            raise SearchUnavailable(f"The search index ({name}) is of another version than the software.")
        return name

    def pointer(self) -> str:
        """What CURRENT says, of whatever shape; empty without one."""
        try:
            return (self.root / "CURRENT").read_text().strip()
        except FileNotFoundError:
            return ""

    def published(self) -> datetime | None:
        """When the live generation was published."""
        try:
            return datetime.fromtimestamp((self.root / "CURRENT").stat().st_mtime, UTC)
        except FileNotFoundError:
            return None

    def path(self, name: str) -> Path:
        """The folder of a generation."""
        return self.root / name

    def make(self) -> str:
        """A new, empty generation; only for who holds the lock on rebuilding."""
        numbers = [int(path.name.rpartition("-")[2]) for path in self._generations()]
        name = f"{self.fingerprint}-{max(numbers, default=0) + 1}"
        self.path(name).mkdir(parents=True)
        return name

    def point(self, name: str) -> None:
        """Let CURRENT name this generation, at once and so that it outlasts a power cut."""
        draft = self.root / "CURRENT.new"
        with draft.open("w") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.root / "CURRENT")
        self._sync()

    def sweep(self) -> None:
        """Remove every generation but the live one; only for who holds the lock on rebuilding."""
        live = self.pointer()
        for path in self._generations():
            if path.name != live:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer of the live generation. Raises `SearchUnavailable` after waiting in vain."""
        with locked(self.root / "write.lock", WAIT) as mine:
            if not mine:
                raise SearchUnavailable(f"Another process has been writing to the search index for {WAIT:.0f} seconds.")
            yield

    def _generations(self) -> list[Path]:
        if not self.root.is_dir():
            return []
        return [path for path in self.root.iterdir() if path.is_dir() and path.name.rpartition("-")[2].isdecimal()]

    def _sync(self) -> None:
        folder = os.open(self.root, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def locked(path: Path, wait: float) -> Iterator[bool]:
    """Hold the lock on a file inside the block and give True; False when it is not to be had within `wait` seconds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        end = time.monotonic() + wait
        while not (mine := _try(file.fileno())) and time.monotonic() < end:
            time.sleep(_PAUSE)
        yield mine


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
