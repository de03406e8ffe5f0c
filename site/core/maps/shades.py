"""Classes of a map's numbers: few, and with bounds that people know."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

MOST = 5
_BOUNDS = [n * 10**power for power in range(9) for n in (1, 2, 5)]


def bounds(counts: Iterable[int]) -> tuple[int, ...]:
    """The least number of each class, at most five: each of 1 to 5, else 1, 2, 5, 10 ..., else 1, 10, 100 ..."""
    highest = max(counts, default=0)
    if highest <= MOST:
        return tuple(range(1, highest + 1))
    series = [bound for bound in _BOUNDS if bound <= highest]
    if len(series) > MOST:
        series = [bound for bound in series if str(bound).startswith("1")]
    return tuple(series[:MOST])


def shade(count: int, starts: Sequence[int]) -> int:
    """The shade of a number's class, from 1 to 5: as far apart as there is room, the last class always strongest."""
    place = bisect_right(starts, count)
    return round(1 + (MOST - 1) * (place - 1) / (len(starts) - 1)) if len(starts) > 1 else MOST


def spans(starts: Sequence[int]) -> list[tuple[int, int, int | None]]:
    """Each class as shade, first and last number; None: the last class has no end."""
    if not starts:
        return []
    last = starts[-1] if len(starts) == starts[-1] else None
    ends = [*(after - 1 for after in starts[1:]), last]
    return [(shade(start, starts), start, end) for start, end in zip(starts, ends, strict=True)]
