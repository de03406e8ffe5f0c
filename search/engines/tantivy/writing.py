"""Changes to the live index, and a new one beside it. One writer at a time, given up only when its merges are done."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import ExitStack

import tantivy

from search.documents import IndexDocument
from search.engines.port import RebuildRunning
from search.engines.tantivy.mapping import to_tantivy
from search.engines.tantivy.reading import open_index, register
from search.engines.tantivy.schema import KEY, schema
from search.engines.tantivy.store import Store, locked
from search.engines.tantivy.trouble import guarded

HEAP = 50_000_000
BUILD_HEAP = 200_000_000
"""Bytes of memory a writer fills before it writes a segment."""


def change(store: Store, documents: Iterable[IndexDocument], keys: Iterable[str] = ()) -> None:
    """Write these documents and take out these entries in one commit. Raises `SearchUnavailable`."""
    made = [(document.key, to_tantivy(document)) for document in documents]
    gone = list(keys)
    if not made and not gone:
        return
    with store.writing(), guarded("Writing to the search index"), _writer(store) as writer:
        for key in (*gone, *(key for key, _ in made)):
            writer.delete_documents_by_term(KEY, key)
        for _, document in made:
            writer.add_document(document)
        writer.commit()


def compact(store: Store) -> None:
    """Merge what earlier writers, killed or hurried, left in pieces, and remove their files."""
    with store.writing(), guarded("Compacting the search index"), _writer(store) as writer:
        writer.commit()
        writer.garbage_collect_files()


def _writer(store: Store) -> tantivy.IndexWriter:
    """A writer of the live generation; leaving its `with` block waits for merges.

    What a writer that was killed while it committed has left is removed first: the next commit has the same number
    and refuses to write a file of the same name, this time and every time.
    """
    writer = open_index(store.path(store.current())).writer(HEAP, 1)
    writer.garbage_collect_files()
    return writer


class TantivyBuild:
    """A new generation. It holds the lock on rebuilding until it is published or discarded."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = ExitStack()
        if not self._lock.enter_context(locked(store.root / "rebuild.lock", 0)):
            self._lock.close()
            raise RebuildRunning("Another process is making a new search index.")
        with guarded("Starting a new search index"):
            store.sweep()
            self._name = store.make()
            self._index = tantivy.Index(schema(), str(store.path(self._name)), reuse=False)
            register(self._index)
            self._index.config_reader("manual")
            self._writer: tantivy.IndexWriter | None = self._index.writer(BUILD_HEAP, 1)
        self._keys: set[str] = set()
        self._published = False

    def put(self, documents: Iterable[IndexDocument]) -> None:
        """Write these documents; what has been written under one of their keys before goes."""
        made = [(document.key, to_tantivy(document)) for document in documents]
        with guarded("Writing to the new search index"):
            for key, document in made:
                if key in self._keys:
                    self._open.delete_documents_by_term(KEY, key)
                self._keys.add(key)
                self._open.add_document(document)

    def remove(self, keys: Iterable[str]) -> None:
        """Take these entries out again."""
        with guarded("Writing to the new search index"):
            for key in self._keys.intersection(keys):
                self._open.delete_documents_by_term(KEY, key)
                self._keys.discard(key)

    def count(self) -> int:
        """Number of documents that the new index itself says it holds."""
        with guarded("Counting in the new search index"):
            self._open.commit()
            self._index.reload()
            return self._index.searcher().num_docs

    def publish(self) -> None:
        """Finish, let CURRENT name the new generation, and remove the old one."""
        with guarded("Finishing the new search index"):
            self._open.commit()
            self._open.wait_merging_threads()
            self._writer = None
            with self._store.writing():
                self._store.point(self._name)
            self._published = True
            self._store.sweep()
        self._lock.close()

    def discard(self) -> None:
        """Remove the new generation, unless it was published."""
        if self._published:
            return
        with self._lock, guarded("Discarding the new search index"):
            writer, self._writer = self._writer, None
            if writer is not None:
                writer.rollback()
                writer.wait_merging_threads()
            shutil.rmtree(self._store.path(self._name), ignore_errors=True)

    @property
    def _open(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise ValueError("It has been published or discarded.")
        return self._writer
