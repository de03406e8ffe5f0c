"""The open index of this process."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import tantivy

from search.engines.port import SearchUnavailable
from search.engines.tantivy.analysis import analysers
from search.engines.tantivy.store import Store
from search.engines.tantivy.trouble import guarded

ATTEMPTS = 3
"""A generation may be replaced and removed between reading its name and opening it."""


@dataclass(frozen=True, slots=True)
class _Opened:
    process: int
    path: Path
    index: tantivy.Index


class Reader:
    """Gives searchers on the live generation, opened once per process and again when another one is live."""

    def __init__(self) -> None:
        self._opened: _Opened | None = None
        self._lock = Lock()

    def searcher(self, store: Store) -> tantivy.Searcher:
        """A view of the last commit that does not change. Raises `SearchUnavailable`."""
        for attempt in range(1, ATTEMPTS + 1):
            path = store.path(store.current())
            try:
                with guarded("Opening the search index"):
                    index = self._index(path)
                    index.reload()
                    return index.searcher()
            except SearchUnavailable:
                self._opened = None
                if attempt == ATTEMPTS:
                    raise
        raise AssertionError  # the loop returns or raises

    def _index(self, path: Path) -> tantivy.Index:
        with self._lock:
            opened = self._opened
            if opened is None or opened.path != path or opened.process != os.getpid():
                opened = self._opened = _Opened(os.getpid(), path, open_index(path))
            return opened.index


def open_index(path: Path) -> tantivy.Index:
    """An index on disk, ready to read and write. Raises tantivy's errors."""
    index = tantivy.Index.open(str(path))
    index.config_reader("manual")
    register(index)
    return index


def register(index: tantivy.Index) -> None:
    """Tell an index the analysers of its fields, which it does not keep."""
    for name, analyser in analysers().items():
        index.register_tokenizer(name, analyser)
