"""The one door through which tantivy's errors leave: as `SearchUnavailable`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from search.engines.port import SearchUnavailable


@contextmanager
def guarded(doing: str) -> Iterator[None]:
    """Raise `SearchUnavailable` for any error of tantivy or the file system inside the block.

    A panic of Rust code arrives as a class that can only be known by its name and is not an `Exception`.
    """
    try:
        yield
    except (ValueError, OSError) as error:
        raise SearchUnavailable(f"{doing} failed: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise SearchUnavailable(f"{doing} failed within tantivy: {error}") from error
