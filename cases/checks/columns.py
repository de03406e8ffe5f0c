"""Tables: columns about single persons, found by their heading and their values.

A table of persons has columns that a table of figures does not: names, telephone numbers, dates of birth, places of
interviews (`column_words`). A column “name” alone says nothing (of a district?): it is reported beside another column
about persons. Counts below five point at single people: no office that this repository works with publishes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from cases.checks.column_words import ABOUT_PERSONS, BARE_NAME, COUNTS, HEADINGS
from cases.checks.detect import Match, scan
from cases.checks.detect.places import DECIMALS, decimals
from cases.checks.detect.spans import BY_A_WORD, digits_of
from cases.checks.kinds import Kind

BETWEEN: Final = re.compile(r"[\s._:*#()\[\]/-]+")
SMALL: Final = frozenset("1234")
"""Counts that tell of single people."""
ENOUGH: Final = 3
"""Values that a column needs before its values are judged."""
MOST: Final = 0.6
SHORTEST_PHONE, LONGEST_PHONE = 7, 15
SAMPLE: Final = 20_000
BATCH: Final = 400
OTHER: Final = {"phone": Kind.PHONE, "mail": Kind.MAIL, "identity": Kind.IDENTITY, "place": Kind.COORDINATES}


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """A column that is about persons: its heading, and the values that say so."""

    kind: Kind
    heading: str
    values: tuple[str, ...]


def look(rows: list[list[str]], regions: Iterable[str] = ()) -> list[ColumnMatch]:
    """Judge every column of a table; the first row holds the headings."""
    if len(rows) < 2:  # noqa: PLR2004 - headings and a row
        return []
    headings = [BETWEEN.sub(" ", cell).strip()[:80] for cell in rows[0]]
    columns = [_values(rows[1:], place) for place in range(len(headings))]
    found = [
        match for place, heading in enumerate(headings) for match in _column(heading, columns[place], tuple(regions))
    ]
    return [*found, *_names_beside(headings, columns, bool(found))]


def _values(rows: list[list[str]], place: int) -> list[str]:
    return [row[place].strip() for row in islice(rows, SAMPLE) if place < len(row) and row[place].strip()]


def _column(heading: str, values: list[str], regions: tuple[str, ...]) -> Iterator[ColumnMatch]:
    if not values:
        return
    named = next((name for name, pattern in HEADINGS.items() if pattern.fullmatch(heading)), "")
    if named in {"name", "birth", "address"}:
        yield ColumnMatch(Kind.PERSONS, heading, tuple(values))
        return
    if named and (telling := [value for value in values if _is_telling(named, value)]):
        yield ColumnMatch(OTHER[named], heading, tuple(telling))
        return
    by_kind: dict[Kind, list[str]] = {}
    for match in _cells(heading, values, regions):
        by_kind.setdefault(match.kind, []).append(match.text)
    for kind, texts in by_kind.items():
        yield ColumnMatch(kind, heading, tuple(texts))
    small = [value for value in values if value in SMALL]
    if small and not by_kind and COUNTS.fullmatch(heading) and _are_counts(values):
        yield ColumnMatch(Kind.SMALL_CELLS, heading, tuple(small))


def _is_telling(named: str, value: str) -> bool:
    """Whether a value fits what the heading promises: a column `lat` of districts with one decimal does not."""
    if named == "phone":
        return SHORTEST_PHONE <= len(digits_of(value)) <= LONGEST_PHONE
    if named == "mail":
        return any(match.kind is Kind.MAIL for match in scan(value))
    if named == "place":
        return any(decimals(part) >= DECIMALS for part in re.findall(r"-?\d{1,3}[.,]\d+", value))
    return len(value) >= SHORTEST_PHONE - 1


def _cells(heading: str, values: list[str], regions: tuple[str, ...]) -> Iterator[Match]:
    """What stands in single cells. Digits alone are judged together: one of ten passes some check by chance."""
    bare = [value for value in values if value.isdigit()]
    yield from _scan_all((value for value in values if not value.isdigit()), regions)
    if len(bare) >= ENOUGH:
        found = _scan_all((f"{heading} {value}" for value in bare), regions)
        matches = [match for match in found if match.rule != BY_A_WORD]
        if len(matches) >= MOST * len(bare):
            yield from matches


def _scan_all(values: Iterable[str], regions: tuple[str, ...]) -> Iterator[Match]:
    """Many short texts, a line each: much quicker than one by one."""
    lines = iter(values)
    while batch := list(islice(lines, BATCH)):
        yield from scan("\n".join(" ".join(line.split()) for line in batch), regions)


def _are_counts(values: list[str]) -> bool:
    return all(value.replace(",", "").replace(" ", "").isdigit() for value in values)


def _names_beside(headings: list[str], columns: list[list[str]], others: bool) -> Iterator[ColumnMatch]:
    """A column “name” in a table that has another column about persons."""
    if others or any(ABOUT_PERSONS.fullmatch(heading) for heading in headings):
        for heading, values in zip(headings, columns, strict=True):
            if BARE_NAME.fullmatch(heading) and values and not all(value.isdigit() for value in values):
                yield ColumnMatch(Kind.PERSONS, heading, tuple(values))
