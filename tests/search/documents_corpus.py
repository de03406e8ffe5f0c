"""Made-up documents in any number, without a database: for what only an engine is asked."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from search.documents import IndexDocument, Texts
from search.facets import FACETS

WORDS = [f"w{number}" for number in range(2000)]


def corpus(size: int, seed: int = 1, words: int = 12) -> Iterator[IndexDocument]:
    """The same documents for the same seed."""
    source = random.Random(seed)
    for number in range(size):
        yield document(source, number, words)


def document(source: random.Random, number: int, words: int) -> IndexDocument:
    """One document with a value in most facets."""
    codes: dict[str, tuple[str, ...]] = dict.fromkeys(FACETS, ())
    codes |= {"kind": ("case",), "theme": (source.choice(["health", "energy", "ageing"]),), "year": ("2015", "2016")}
    text = " ".join(source.choices(WORDS, k=words))
    title = f"Title {source.randrange(size_of_titles(number))}"
    return IndexDocument(
        key=str(UUID(int=source.getrandbits(128), version=4)),
        kind="case",
        language="en",
        reference=f"CCD-KEN-2020-{number}",
        team="Kenya",
        lead="Institute",
        countries=(),
        themes=codes["theme"],
        years=(2015, 2016),
        published=datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=number % 500),
        cover=None,
        codes=codes,
        texts={"en": Texts(title, f"Summary {text}", text, f"/en/teams/ken/{number}/")},
    )


def size_of_titles(number: int) -> int:
    """Few titles, so that many are equal."""
    return 50 + number % 7
