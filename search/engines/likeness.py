"""How much two entries have in common, the same for every engine: what weighs more is what fewer of them share."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

SHARED: Mapping[str, float] = MappingProxyType(
    {"tag": 4.0, "group": 3.0, "theme": 3.0, "method": 2.0, "initiative": 2.0, "sdg": 1.0, "country": 1.0}
)
"""Weight of each value that two entries share, by facet. A country counts once more for each region above it."""
WORDS: Final = 12
"""The most telling words of each text that are looked for."""
SHORTEST: Final = 3
"""Letters of a word that may tell something."""
WEIGHT_OF_WORDS: Final = 0.5


def likeness(one: Mapping[str, Collection[str]], other: Mapping[str, Collection[str]]) -> float:
    """The weights of all values that both have; 0 when they share none."""
    return sum(weight * len(set(one[facet]) & set(other[facet])) for facet, weight in SHARED.items())
