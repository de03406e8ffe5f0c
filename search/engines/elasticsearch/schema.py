"""The fields of the index as a `Document` of elasticsearch-dsl, and the names of index and alias.

Words are folded by the site before they are sent, the same for all engines, so that accents, elision, quotes, Arabic
diacritics and Han mean the same everywhere; Elasticsearch cuts them at spaces and makes the stems of each language.
Its ready-made language analysers would also leave out stop words, which phrases and `-word` have to find.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from django.conf import settings

from elasticsearch.dsl import Document, Integer, Keyword, MetaField, Text, analyzer, token_filter

from search import documents
from search.engines.words import SUMMARY, TITLE
from search.facets import FACETS

VERSION: Final = 1
"""To be raised when the same document gives other words, so that older indexes are made anew."""
KEY, STORED, EXACT, TEXT, NEWEST = "key", "stored", "exact", "text", "by_newest"
WEIGHTED: Final = "weighted"
"""Each word of the text once, and again for each better place: it counts for its places by its rarity in the whole."""
YEAR: Final = "facet_year"
STEMMERS: Final = MappingProxyType(
    {
        "en": "porter2",
        "fr": "french",
        "es": "light_spanish",
        "ru": "russian",
        "ar": "arabic",
        "da": "danish",
        "pt": "portuguese",
    }
)
"""Elasticsearch's stemmer for each language that has one. Chinese has no stems: its characters are words."""
SIMILARITY: Final = MappingProxyType({"by_times": {"type": "BM25", "k1": 1000, "b": 0}})
"""Grows evenly with how often a word stands in a field, whatever else stands in it."""
BETWEEN: Final = 100
"""Positions between two values of a field, which no phrase reaches across."""


def of_language(name: str, language: str) -> str:
    """The name of the field for one language."""
    return f"{name}_{language.replace('-', '_')}"


def of_facet(parameter: str) -> str:
    """The name of the field that holds a facet's values."""
    return f"facet_{parameter}"


def by_title(language: str) -> str:
    """The field by which a reader of this language has titles sorted; English for a language of no content."""
    return of_language("by_title", language if language in content_languages() else "en")


@lru_cache(maxsize=1)
def content_languages() -> tuple[str, ...]:
    """Languages that pages can be written in."""
    return tuple(code for code, _ in settings.LANGUAGES)


@lru_cache(maxsize=1)
def entry_document() -> type[Document]:
    """The class of documents, with a field for each facet and for the words of each language."""
    meta = type("Meta", (), {"dynamic": MetaField("strict"), "source": MetaField(includes=[STORED])})
    return type("EntryDocument", (Document,), {**dict(_fields()), "Meta": meta})


def mapping() -> dict[str, Any]:
    """The mapping as it is sent, with the fingerprint that tells whether an index is of this shape."""
    made: dict[str, Any] = entry_document()._doc_type.mapping.to_dict()
    return {**made, "_meta": {"fingerprint": fingerprint()}}


def index_settings() -> dict[str, Any]:
    """Shards, replicas and analysers of a new index."""
    analysis: dict[str, Any] = entry_document()._doc_type.mapping._collect_analysis()
    chosen = settings.ELASTICSEARCH
    return {
        "number_of_shards": chosen.shards,
        "number_of_replicas": chosen.replicas,
        "analysis": analysis,
        "similarity": dict(SIMILARITY),
    }


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Eight digits that change with fields, analysis and the form of documents."""
    shape = entry_document()._doc_type.mapping
    parts = [shape.to_dict(), shape._collect_analysis(), dict(SIMILARITY), VERSION, documents.FORMAT]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:8]


def alias() -> str:
    """The name under which the live index of this shape answers: another shape is never read by mistake."""
    return f"{settings.ELASTICSEARCH.index}-{fingerprint()}"


def pattern() -> str:
    """Matches every index of this site, of whatever shape, and nothing else."""
    return f"{settings.ELASTICSEARCH.index}-*"


def _analysers() -> dict[str, Any]:
    found = {"": analyzer("folded", tokenizer="whitespace")}
    for language, name in STEMMERS.items():
        stems = token_filter(f"stems_{language}", "stemmer", language=name)
        found[language] = analyzer(f"stemmed_{language}", tokenizer="whitespace", filter=[stems])
    return found


def _fields() -> list[tuple[str, Any]]:
    analysers = _analysers()
    fields: list[tuple[str, Any]] = [(KEY, Keyword()), (STORED, Keyword(index=False, doc_values=False))]
    fields += [(of_facet(name), Integer() if of_facet(name) == YEAR else Keyword()) for name in FACETS]
    fields += [(EXACT, Keyword()), (NEWEST, Keyword(index=False))]
    for language, made in analysers.items():
        text, weighted = (of_language(name, language) if language else name for name in (TEXT, WEIGHTED))
        fields.append((text, Text(analyzer=made, position_increment_gap=BETWEEN)))
        fields.append((weighted, Text(analyzer=made, similarity="by_times", index_options="freqs")))
    # What an entry has in common with others is looked for in these.
    fields += [(name, Text(analyzer=analysers[""], index_options="freqs")) for name in (TITLE, SUMMARY)]
    for language in content_languages():
        fields.append((by_title(language), Keyword(index=False)))
        fields.append((of_language("words", language), Keyword(index=False)))
    return fields
