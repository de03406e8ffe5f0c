"""What is prepared is laid aside in a file of its own, so that memory does not grow with the number of records."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")


class Stage(Generic[T]):
    """Items in the order in which they came; the file has no name and goes with the process."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `__exit__`
        self.items = 0

    def __enter__(self) -> Stage[T]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, item: T) -> None:
        """Lay an item aside."""
        pickle.dump(item, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self.items += 1

    def clear(self) -> None:
        """Begin anew."""
        self._file.seek(0)
        self._file.truncate()
        self.items = 0

    def __iter__(self) -> Iterator[T]:
        self._file.seek(0)
        for _n in range(self.items):
            yield pickle.load(self._file)  # noqa: S301 - this process wrote it a moment ago
