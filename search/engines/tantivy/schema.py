"""The fields of the index, declared once; their hash tells whether an index on disk is of this shape."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import lru_cache
from importlib.metadata import version

from django.conf import settings

import tantivy

from search import documents
from search.engines.stems import STEMMED
from search.engines.tantivy import analysis
from search.engines.words import PLACES
from search.facets import FACETS

RAW = "raw"
KEY, KEY_HIGH, KEY_LOW, SOURCE = "key", "key_high", "key_low", "source"
EXACT, TEXT = "exact", "text"
PARTS = PLACES
NEWEST = "by_newest"
YEAR = "facet_year"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `text` with an analyser and what it keeps of each word, `number` or `stored` bytes."""

    name: str
    type: str = "text"
    analyser: str = RAW
    keeps: str = "basic"
    fast: bool = False


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


def fields() -> Iterator[Field]:
    """All fields of the index."""
    yield from (Field(KEY), Field(KEY_HIGH, "number", fast=True), Field(KEY_LOW, "number", fast=True))
    yield Field(SOURCE, "stored")
    for parameter in FACETS:
        yield Field(of_facet(parameter), "number" if of_facet(parameter) == YEAR else "text", fast=True)
    yield Field(EXACT)
    for name in (TEXT, *PARTS):
        yield Field(name, analyser=analysis.FOLDED, keeps="position")
        for language in STEMMED:
            analyser = analysis.stemmed_analyser(language)
            yield Field(of_language(name, language), analyser=analyser, keeps="position")
    yield Field(NEWEST, fast=True)
    for language in content_languages():
        yield Field(by_title(language), fast=True)
        yield Field(of_language("words", language), analyser=analysis.FOLDED)


@lru_cache(maxsize=1)
def schema() -> tantivy.Schema:
    """The schema as tantivy takes it."""
    builder = tantivy.SchemaBuilder()
    for field in fields():
        if field.type == "number":
            builder.add_unsigned_field(field.name, indexed=True, fast=field.fast)
        elif field.type == "stored":
            builder.add_bytes_field(field.name, stored=True)
        else:
            builder.add_text_field(field.name, fast=field.fast, tokenizer_name=field.analyser, index_option=field.keeps)
    return builder.build()


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Eight digits that change with fields, analysis, the form of documents and the release of tantivy."""
    shape = [astuple(field) for field in fields()]
    parts = (shape, analysis.VERSION, documents.FORMAT, version("tantivy"))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]
