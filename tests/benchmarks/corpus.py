"""Entries for measuring: any number from one seed, with words as rare as in real texts, all facets and translations.

Nothing is read from a database: codes and labels are those of `fixtures/vocabularies`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from uuid import UUID

from search.documents import IndexDocument, Texts

VOCABULARIES = Path(__file__).parents[2] / "fixtures" / "vocabularies"
SEED = 20_261_123
WORDS = 20_000
SENTENCES = 20_000
SENTENCE = 25
TAGS = 500
ORIGINALS = (("en", 80), ("fr", 8), ("es", 6), ("ar", 6))
TRANSLATIONS = ("fr", "es", "ar", "ru", "zh-hans")
FIRST = datetime(2015, 1, 1, tzinfo=UTC)
# Every tenth entry has these values and this word: choices of them narrow nothing where the word is looked for.
PROFILE = {
    "theme": "health",
    "group": "women",
    "sdg": "sdg-03",
    "method": "household-survey",
    "stage": "design",
    "official_use": "advocacy",
}
PROFILED = "profilok"
# Facet: its vocabulary, and how many values an entry has.
CHOSEN = {
    "theme": ("themes", 1, 5),
    "group": ("population_groups", 1, 4),
    "initiative": ("initiative_types", 1, 1),
    "sdg": ("sdgs", 1, 4),
    "method": ("collection_methods", 1, 3),
    "stage": ("value_chain_stages", 3, 9),
    "participation": ("participation_levels", 1, 1),
    "official_use": ("official_use", 1, 2),
    "organisation_type": ("organisation_types", 1, 3),
}


@dataclass(frozen=True, slots=True)
class Code:
    """A value of a vocabulary, its labels by language and the codes above it."""

    code: str
    labels: Mapping[str, str] = field(hash=False)
    above: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def codes(vocabulary: str) -> tuple[Code, ...]:
    """All values of a vocabulary in its order."""
    rows = json.loads((VOCABULARIES / f"{vocabulary}.json").read_text())
    return tuple(
        Code(row["code"], {"en": row["label"], **row["labels"]}, tuple(row.get("regions", ()))) for row in rows
    )


def word(rank: int) -> str:
    """The word with this rank, from 0: letters only, and none that a stemmer shortens."""
    made = ""
    rank += 20
    while rank:
        rank, digit = divmod(rank, 75)
        made += "bdfgklmnprstvzj"[digit % 15] + "aeiou"[digit // 15]
    return f"{made}k"


class Corpus:
    """The entries, one after the other; the same seed gives the same ones, and the first are those of a smaller one."""

    def __init__(self, seed: int = SEED) -> None:
        self._random = random.Random(seed)
        weights = list(accumulate(1 / rank for rank in range(1, WORDS + 1)))
        words = [word(rank) for rank in range(WORDS)]
        # Sentences come again in other entries: choosing each word of each text would take longer than indexing it.
        self._sentences = [
            " ".join(self._random.choices(words, cum_weights=weights, k=SENTENCE)) for _ in range(SENTENCES)
        ]
        self._tags = list(accumulate(1 / rank for rank in range(1, TAGS + 1)))

    def documents(self, count: int) -> Iterator[IndexDocument]:
        """This many entries."""
        for number in range(count):
            yield self._document(number)

    def _document(self, number: int) -> IndexDocument:
        languages = self._languages()
        found = {facet: self._values(facet, number) for facet in CHOSEN}
        countries = self._some("countries", 1, 2)
        start = self._random.randint(1995, 2024)
        published = FIRST + timedelta(minutes=self._random.randrange(5_000_000))
        tags = self._random.choices(range(TAGS), cum_weights=self._tags, k=3)
        named = [f"tag {tag}" for tag in sorted(set(tags))]
        values = {facet: tuple(sorted(code.code for code in chosen)) for facet, chosen in found.items()}
        values |= {
            "kind": ("case" if number % 7 else "method",),
            "country": tuple(sorted({each for code in countries for each in (code.code, *code.above)})),
            "language": tuple(sorted(languages)),
            "year": tuple(map(str, range(start, start + self._random.randint(1, 8)))),
            "tag": tuple(sorted(named)),
        }
        about = [code for facet in ("theme", "group", "initiative", "sdg", "method") for code in found[facet]]
        return IndexDocument(
            key=str(UUID(int=self._random.getrandbits(128), version=4)),
            kind=values["kind"][0],
            language=languages[0],
            reference=f"CCD-INT-{start}-{number}",
            team=f"Team {number % 200}",
            lead=f"Organisation {number % 3000}",
            countries=tuple(code.code for code in countries),
            themes=values["theme"],
            years=(start, None),
            published=published,
            cover=None,
            codes=values,
            texts={language: self._texts(language, number) for language in languages},
            labels=_labels([*about, *countries]),
            names=(*named, f"Organisation {number % 3000}"),
        )

    def _languages(self) -> list[str]:
        original = self._random.choices([name for name, _ in ORIGINALS], [share for _, share in ORIGINALS])[0]
        others = self._random.sample(TRANSLATIONS, self._random.choices([0, 1, 2, 4], [50, 30, 15, 5])[0])
        return list(dict.fromkeys([original, *others]))

    def _some(self, vocabulary: str, fewest: int, most: int) -> list[Code]:
        """Values, the earlier ones of a vocabulary more often than the later."""
        known = codes(vocabulary)
        wanted = self._random.randint(fewest, most)
        chosen = {int(len(known) * self._random.random() ** 2) for _ in range(wanted)}
        return [known[position] for position in sorted(chosen)]

    def _values(self, facet: str, number: int) -> list[Code]:
        vocabulary, fewest, most = CHOSEN[facet]
        found = self._some(vocabulary, fewest, most)
        if facet in PROFILE and number % 10 == 0:
            profiled = next(code for code in codes(vocabulary) if code.code == PROFILE[facet])
            return list(dict.fromkeys([*found, profiled]))
        return found

    def _texts(self, language: str, number: int) -> Texts:
        sentences = self._random.choices(self._sentences, k=9)
        title = " ".join(sentences[0].split()[:8])
        if number % 10 == 0:
            sentences.append(PROFILED)
        return Texts(title, sentences[0], ". ".join(sentences[1:]), f"/{language}/teams/x/entry-{number}/")


def _labels(about: Sequence[Code]) -> dict[str, tuple[str, ...]]:
    labels: dict[str, list[str]] = {}
    for code in about:
        for language, label in code.labels.items():
            labels.setdefault(language, []).append(label)
    return {language: tuple(found) for language, found in labels.items()}
