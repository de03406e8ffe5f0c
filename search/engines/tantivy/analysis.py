"""The analysers of the index: folded words for any language, and their stems for languages that have a stemmer."""

from __future__ import annotations

from tantivy import TextAnalyzer

from search.engines.stems import STEMMED, analyser

VERSION = 1
"""To be raised when the same text gives other words, so that older indexes are made anew."""
FOLDED = "folded"


def stemmed_analyser(language: str) -> str:
    """The name under which a language's analyser is registered."""
    return f"stemmed_{language}"


def analysers() -> dict[str, TextAnalyzer]:
    """All analysers by name, to be registered on an index each time it is opened."""
    return {FOLDED: analyser("")} | {stemmed_analyser(language): analyser(language) for language in STEMMED}
