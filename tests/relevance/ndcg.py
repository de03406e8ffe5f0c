"""Judged queries and how well a ranking serves them.

nDCG@10: the discounted cumulated gain of the first ten hits divided by that of the best possible ten,
DCG = sum over ranks r from 1 of (2^grade - 1) / log2(r + 1). The measure is that of Järvelin and Kekäläinen, "Cumulated
gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002; the exponential gain that of Burges et al., "Learning to
rank using gradient descent", ICML 2005. Grades: 3 what was asked for, 2 clearly about it, 1 touches it, else 0.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "judgements.json"
CUT = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A query of one kind as a reader of one language types it, with the grades of entries by external id.

    `half` is `tune` or `report`: weights may be chosen on the first only, figures are given for the second.
    """

    half: str
    kind: str
    language: str
    query: str
    grades: Mapping[str, int]

    @property
    def best(self) -> str:
        """The entry with the highest grade; of a query of kind `title` the one that bears it."""
        return max(self.grades, key=lambda entry: self.grades[entry])


def judged(half: str = "") -> list[Judged]:
    """All judged queries, or those of one half."""
    found = [Judged(**row) for row in json.loads(FILE.read_text())]
    return [each for each in found if half in ("", each.half)]


def ndcg(ranking: Sequence[str], grades: Mapping[str, int]) -> float:
    """From 0 to 1; 1 when the first ten could not stand in a better order. Needs a grade above 0."""
    ideal = sorted(grades.values(), reverse=True)
    return _dcg([grades.get(entry, 0) for entry in ranking]) / _dcg(ideal)


def _dcg(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades[:CUT], start=1))


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0
