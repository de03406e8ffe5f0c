"""Which terms have a phrase in one of their labels, in any language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from cases.terms import Terms, current_terms
from core.text import tokens
from search.words import Phrase


@lru_cache(maxsize=2)
def _padded_labels(version: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Folded labels by term; the version names one state of the terms and keys the cache."""
    rows = current_terms().rows.values()
    return tuple((row.id, tuple(f" {' '.join(tokens(text))} " for text in row.labels.values())) for row in rows)


def labelled(terms: Terms, phrase: Phrase) -> frozenset[int]:
    """Primary keys of the terms with these tokens next to each other in one label."""
    run = f" {' '.join(phrase)} "
    return frozenset(pk for pk, labels in _padded_labels(terms.version) if any(run in label for label in labels))


def named(names: Iterable[str], phrase: Phrase) -> bool:
    """Whether one of the names holds these tokens next to each other."""
    run = f" {' '.join(phrase)} "
    return any(run in f" {' '.join(tokens(name))} " for name in names)
