"""An engine that keeps its documents in this process: for tests of what reaches an engine, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from core.text import tokens
from search import engines
from search.documents import IndexDocument
from search.engines.port import Health, SearchUnavailable
from search.engines.selection import Selection, positions
from search.facets import FACETS
from search.highlight import Marker
from search.listing import list_facet
from search.query import PAGE_SIZE, Query
from search.results import Document, Results


class MemoryEngine:
    """Words match anywhere in the texts of any language; no order but that of the keys."""

    name = "memory"

    def __init__(self) -> None:
        self.documents: dict[str, IndexDocument] | None = {}
        self.broken = ""
        self.puts: list[list[str]] = []
        self.removes: list[list[str]] = []
        # Called with the documents before and after each write: for what happens at the same time, and for crashes.
        self.before_put: Callable[[list[IndexDocument]], None] = lambda _documents: None
        self.after_put: Callable[[list[IndexDocument]], None] = lambda _documents: None

    @property
    def held(self) -> dict[str, IndexDocument]:
        if self.broken or self.documents is None:
            raise SearchUnavailable(self.broken or "there is no index")
        return self.documents

    def put(self, documents: Iterable[IndexDocument]) -> None:
        documents = list(documents)
        self.before_put(documents)
        self.held.update({document.key: document for document in documents})
        self.puts.append([document.key for document in documents])
        self.after_put(documents)

    def remove(self, keys: Iterable[str]) -> None:
        keys = list(keys)
        self.removes.append(keys)
        for key in keys:
            self.held.pop(key, None)

    def begin_rebuild(self) -> MemoryBuild:
        return MemoryBuild(self)

    def compact(self) -> None:
        assert self.held is not None

    def health(self) -> Health:
        if self.broken or self.documents is None:
            return Health(ok=False, detail=self.broken or "there is no index")
        return Health(ok=True, detail="in memory", documents=len(self.documents))

    def version(self) -> str:
        return str(id(self.held))

    def vocabulary(self, language: str) -> Mapping[str, int]:
        return {}

    def scan(self, query: Query) -> Iterator[str]:
        return (hit.document.key for hit in self.search(query).hits)

    def search(self, query: Query) -> Results:
        found = [document for key, document in sorted(self.held.items()) if key not in query.excluded]
        if query.keys is not None:
            found = [document for document in found if document.key in query.keys]
        selection = Selection([document.codes for document in found], query.chosen)
        matched = sum(1 << n for n, document in enumerate(found) if _matches(document, query))
        hits = [found[n] for n in positions(selection.under(matched))]
        counts = {name: selection.counts(matched, name, query.values(name)) for name in FACETS}
        marker = Marker(query.text.wanted)
        facets = tuple(list_facet(facet, counts[name], query) for name, facet in FACETS.items())
        return Results(
            len(hits), 1, tuple(marker.hit(document, query.language) for document in hits[:PAGE_SIZE]), facets
        )

    def similar(
        self, key: str, language: str, limit: int, excluded: frozenset[str] = frozenset()
    ) -> tuple[Document, ...]:
        others = (document for other, document in sorted(self.held.items()) if other != key and other not in excluded)
        return tuple(document.card(language) for document in list(others)[:limit])


class MemoryBuild:
    def __init__(self, engine: MemoryEngine) -> None:
        self.engine = engine
        self.documents: dict[str, IndexDocument] | None = {}

    def put(self, documents: Iterable[IndexDocument]) -> None:
        documents = list(documents)
        self.engine.before_put(documents)
        assert self.documents is not None
        self.documents.update({document.key: document for document in documents})

    def remove(self, keys: Iterable[str]) -> None:
        assert self.documents is not None
        for key in keys:
            self.documents.pop(key, None)

    def count(self) -> int:
        return len(self.documents or ())

    def publish(self) -> None:
        self.engine.documents, self.documents, self.engine.broken = self.documents, None, ""

    def discard(self) -> None:
        self.documents = None


@contextmanager
def installed(settings: object) -> Iterator[MemoryEngine]:
    """Let the site search with a new engine of this kind."""
    MemoryEngine.current = MemoryEngine()  # type: ignore[attr-defined]
    engines.ENGINES["memory"] = "tests.search.memory_engine.current"
    engines._engine.cache_clear()
    settings.SEARCH_ENGINE = "memory"  # type: ignore[attr-defined]
    yield MemoryEngine.current  # type: ignore[attr-defined]
    del engines.ENGINES["memory"]
    engines._engine.cache_clear()


def current() -> MemoryEngine:
    return MemoryEngine.current  # type: ignore[attr-defined, no-any-return]


def _matches(document: IndexDocument, query: Query) -> bool:
    words = [token for text in document.texts.values() for token in tokens(f"{text.title} {text.summary} {text.body}")]
    held = f" {' '.join(words)} "
    return all(f" {' '.join(phrase)} " in held for phrase in query.text.wanted)
