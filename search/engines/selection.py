"""Sets of entries as the bits of whole numbers: filters and counts of all facets without one SQL for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from search.facets import FACETS, year_span
from search.query import Chosen

Bits = int
"""Bit n is set when the entry at position n belongs to the set."""


def positions(bits: Bits) -> Iterable[int]:
    """Positions of the set bits, ascending."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


class Selection:
    """The facet values of all entries, and what the choices of a query leave of them."""

    def __init__(self, codes: Sequence[Mapping[str, Iterable[str]]], chosen: Chosen) -> None:
        self.all: Bits = (1 << len(codes)) - 1
        self.values: dict[str, dict[str, Bits]] = {name: {} for name in FACETS}
        for position, found in enumerate(codes):
            self._add(1 << position, found)
        self.chosen = {name: self._union(name, values) for name, values in chosen.items()}

    def _add(self, bit: Bits, found: Mapping[str, Iterable[str]]) -> None:
        for name, codes in found.items():
            values = self.values[name]
            for code in codes:
                values[code] = values.get(code, 0) | bit

    def _union(self, name: str, values: Iterable[str]) -> Bits:
        bits = 0
        for value in values:
            bits |= self.bits(name, value)
        return bits

    def bits(self, name: str, value: str) -> Bits:
        """Entries with this value; for years also a range."""
        if name == "year" and "-" in value:
            start, end = year_span(value)
            return self._union(name, [year for year in self.values[name] if start <= int(year) <= end])
        return self.values[name].get(value, 0)

    def under(self, matched: Bits, except_for: str = "") -> Bits:
        """What all choices leave of the matched entries, one facet's own choice set aside."""
        for name, bits in self.chosen.items():
            if name != except_for:
                matched &= bits
        return matched

    def counts(self, matched: Bits, name: str, chosen: Iterable[str]) -> dict[str, int]:
        """Entries by value under the other facets' choices: every value with any, and every chosen one."""
        base = self.under(matched, except_for=name)
        found = {value: (base & bits).bit_count() for value, bits in self.values[name].items()}
        counts = {value: count for value, count in found.items() if count}
        return counts | {value: (base & self.bits(name, value)).bit_count() for value in chosen}
