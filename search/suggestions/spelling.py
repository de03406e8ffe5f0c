"""What a word that nothing holds may have meant: the words nearest to it, by the words that entries do hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cases.terms import current_terms
from core.text import tokens
from search.facets import FACETS
from search.service import ask
from search.suggestions.titles import all_titles

FAR = 2
"""Greatest distance: letters added, left out, replaced, or swapped with their neighbour."""
SHORT = 5
"""Words up to this length have too many neighbours: one letter may differ."""
RARE = 1
COMMON = 20
"""A word of at most RARE entries gives way to one of at least COMMON."""
NEAREST = 400


@dataclass(frozen=True, slots=True)
class Words:
    """The words of entries, unstemmed and folded, by their length, with their numbers of entries."""

    counts: Mapping[str, int]
    by_length: Mapping[int, tuple[str, ...]]

    def near(self, word: str, limit: int = 3) -> list[str]:
        """The words nearest to this one, of those equally near the more frequent first; not the word itself."""
        far = 1 if len(word) <= SHORT else FAR
        lengths = range(len(word) - far, len(word) + far + 1)
        found: list[tuple[int, int, str]] = []
        for length in lengths:
            nearest = process.extract_iter(
                word, self.by_length.get(length, ()), scorer=OSA.distance, score_cutoff=far, processor=None
            )
            found += [(int(distance), -self.counts[other], other) for other, distance, _index in nearest]
        return [other for _distance, _count, other in sorted(found)[: limit + 1] if other != word][:limit]

    def better(self, word: str, *, is_found: bool) -> str | None:
        """What the word may have meant, if anything; one that found something gives way to a common one only."""
        count = max(self.counts.get(word, 0), int(is_found))
        if count > RARE or word.isdecimal():
            return None
        return next((other for other in self.near(word) if not count or self.counts[other] >= COMMON), None)


def words_for(languages: Collection[str]) -> Words:
    """Words of the entries in these languages; kept until an entry or term is written or the index made anew."""
    state, wanted = all_titles().state, tuple(sorted(languages))
    version = ask(lambda adapter, _absent: f"{adapter.name} {adapter.version()}")[0]
    return _words(current_terms().version, version, state, wanted)


@lru_cache(maxsize=4)
def _words(_terms: str, _version: str, _state: object, languages: tuple[str, ...]) -> Words:
    vocabularies = ask(lambda adapter, _absent: [adapter.vocabulary(language) for language in languages])[0]
    counts: Counter[str] = Counter()
    for vocabulary in vocabularies:
        counts.update(vocabulary)
    for word in _label_words(languages):
        counts.setdefault(word, 1)
    return Words(counts, _by_length(counts))


def _label_words(languages: Collection[str]) -> set[str]:
    """Words of what entries may be about, whether or not one is yet: an engine may not count labels."""
    terms = current_terms()
    rows = (row for facet in FACETS.values() for vocabulary in facet.vocabularies for row in terms.of(vocabulary))
    return {word for row in rows for language in languages for word in tokens(row.labels.get(language, ""))}


def _by_length(words: Iterable[str]) -> dict[int, tuple[str, ...]]:
    lengths: dict[int, list[str]] = {}
    for word in words:
        lengths.setdefault(len(word), []).append(word)
    return {length: tuple(found) for length, found in lengths.items()}
