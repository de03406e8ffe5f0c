"""Which hits stand on a page: by one field, or by score with equal ones by key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, groupby
from typing import Final, cast
from uuid import UUID

from tantivy import DocAddress, Order, Searcher, SearchResult
from tantivy import Query as Clause

from search.engines.tantivy import schema
from search.query import PAGE_SIZE, WINDOW, Query, last_page

SCANNED: Final = 1000
"""Hits that a scan asks for at a time."""
Scored = tuple[float, DocAddress]


def page_of_hits(searcher: Searcher, clause: Clause, query: Query) -> tuple[int, int, list[DocAddress]]:
    """The number of all hits, the page after clamping, and the addresses of what stands on it."""
    page = min(query.page, last_page(WINDOW))
    total, found = _page(searcher, clause, query, page)
    if page > last_page(total):
        page = last_page(total)
        total, found = _page(searcher, clause, query, page)
    return total, page, found


def keys_of_hits(searcher: Searcher, clause: Clause, query: Query) -> Iterator[str]:
    """The keys of all hits in order, piece by piece; equal scores in the order of files."""
    for start in count(0, SCANNED):
        result = _sorted(searcher, clause, query, start, SCANNED)
        addresses = [address for _, address in result.hits]
        yield from (str(UUID(int=(high << 64) | low)) for high, low in _halves(searcher, addresses))
        if len(addresses) < SCANNED:
            return


def _page(searcher: Searcher, clause: Clause, query: Query, page: int) -> tuple[int, list[DocAddress]]:
    start = (page - 1) * PAGE_SIZE
    size = min(PAGE_SIZE, WINDOW - start)
    if query.order == "relevance":
        return _by_score(searcher, clause, start, start + size)
    result = _sorted(searcher, clause, query, start, size)
    return _count(result), [address for _, address in result.hits]


def _sorted(searcher: Searcher, clause: Clause, query: Query, start: int, size: int) -> SearchResult:
    if query.order == "relevance":
        return searcher.search(clause, size, offset=start)
    field = schema.NEWEST if query.order == "newest" else schema.by_title(query.language)
    return searcher.search(clause, size, order_by_field=field, offset=start, order=Order.Asc)


def _by_score(searcher: Searcher, clause: Clause, start: int, stop: int) -> tuple[int, list[DocAddress]]:
    """Best first. Tantivy leaves equal scores in the order of its files: all that reach into the page are put by key.

    Among more than `WINDOW` equal scores the order of files remains.
    """
    size = stop + PAGE_SIZE
    while True:
        result = searcher.search(clause, size)
        hits: list[Scored] = result.hits
        # The last of the page is not equal to what may follow.
        if len(hits) < size or hits[-1][0] < hits[stop - 1][0] or size >= WINDOW + PAGE_SIZE:
            break
        size = min(size * 4, WINDOW + PAGE_SIZE)
    return _count(result), list(_in_order(searcher, hits, start, stop))[start:stop]


def _in_order(searcher: Searcher, hits: Sequence[Scored], start: int, stop: int) -> Iterator[DocAddress]:
    position = 0
    for _, group in groupby(hits, key=lambda hit: hit[0]):
        addresses = [address for _, address in group]
        following = position + len(addresses)
        shown = position < stop and following > start
        yield from _by_key(searcher, addresses) if shown and len(addresses) > 1 else addresses
        position = following


def _by_key(searcher: Searcher, addresses: list[DocAddress]) -> list[DocAddress]:
    keys = _halves(searcher, addresses)
    return [addresses[n] for n in sorted(range(len(addresses)), key=keys.__getitem__)]


def _halves(searcher: Searcher, addresses: list[DocAddress]) -> list[tuple[int, int]]:
    """The upper and the lower half of each document's key."""
    high = searcher.fast_field_values(schema.KEY_HIGH, addresses)
    low = searcher.fast_field_values(schema.KEY_LOW, addresses)
    return list(zip(cast("list[int]", high), cast("list[int]", low), strict=True))


def _count(result: object) -> int:
    count: int = result.count  # type: ignore[attr-defined]  # missing in tantivy's stub
    return count
