"""A new index beside the live one."""

from __future__ import annotations

from collections.abc import Iterable

from search.documents import IndexDocument
from search.engines.elasticsearch import indices
from search.engines.elasticsearch.connection import guarded, patient
from search.engines.elasticsearch.writing import TRIES_OF_A_REBUILD, Goal, delete, write


class ElasticsearchBuild:
    """A new version of the index. One at a time: who rebuilds holds the site's lock on rebuilding."""

    def __init__(self) -> None:
        with guarded("Starting a new search index"):
            indices.sweep(patient())  # what interrupted rebuilds left
            self._name = indices.make(patient())
        self._open = True

    def put(self, documents: Iterable[IndexDocument]) -> None:
        """Write these documents; what has been written under one of their keys before goes."""
        with guarded("Writing to the new search index"):
            write(self._goal(), documents)

    def remove(self, keys: Iterable[str]) -> None:
        """Take these entries out again."""
        with guarded("Writing to the new search index"):
            delete(self._goal(), keys)

    def count(self) -> int:
        """Number of documents that the new index itself says it holds."""
        with guarded("Counting in the new search index"):
            patient().indices.refresh(index=self._checked())
            return int(patient().count(index=self._name)["count"])

    def publish(self) -> None:
        """Let the alias name the new index, and remove the old one."""
        with guarded("Finishing the new search index"):
            indices.publish(patient(), self._checked())
        self._open = False

    def discard(self) -> None:
        """Remove the new index, unless it was published."""
        if self._open:
            self._open = False
            with guarded("Discarding the new search index"):
                patient().indices.delete(index=self._name, ignore_unavailable=True)

    def _goal(self) -> Goal:
        return Goal(patient(), self._checked(), is_alias=False, tries=TRIES_OF_A_REBUILD)

    def _checked(self) -> str:
        if not self._open:
            raise ValueError("It has been published or discarded.")
        return self._name
