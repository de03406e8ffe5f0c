"""The adapter: each of the port's questions is one request over the network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

from elasticsearch import NotFoundError
from elasticsearch.dsl import Search

from search.documents import IndexDocument
from search.engines.elasticsearch import indices, schema
from search.engines.elasticsearch.breaker import Breaker
from search.engines.elasticsearch.build import ElasticsearchBuild
from search.engines.elasticsearch.connection import CHANGE_TIMEOUT, client, guarded, patient
from search.engines.elasticsearch.counting import ask_for_counts, read_counts, read_removals
from search.engines.elasticsearch.likes import like
from search.engines.elasticsearch.querying import Matching
from search.engines.elasticsearch.scanning import keys
from search.engines.elasticsearch.writing import TRIES, Goal, delete, write
from search.engines.port import Health, SearchUnavailable
from search.engines.stems import marker
from search.facets import FACETS
from search.listing import list_facet, year_bounds
from search.query import PAGE_SIZE, WINDOW, Query, last_page
from search.results import Document, Removal, Results

MOST_WORDS: Final = 50_000
"""Words of one language that are known for corrections, the most frequent ones."""


class ElasticsearchEngine:
    """Search in an index of an Elasticsearch cluster."""

    name = "elasticsearch"

    def __init__(self) -> None:
        self._breaker = Breaker()

    def search(self, query: Query) -> Results:
        """Answer with one request; with a second one only where nothing was found, or the page is past the last."""
        wanted = replace(query, page=min(query.page, last_page(WINDOW)))
        found = self._ask(_search(wanted))
        total = int(found["hits"]["total"]["value"])
        if wanted.page > last_page(total):
            wanted = replace(wanted, page=last_page(total))
            found = self._ask(_search(wanted))
        # What the choices leave where no words are looked for. Counted in each request it took a third of its time.
        wordless = self._number_without_words(wanted) if query.text and not total else 0
        return _results(found, wanted, total, wordless)

    def scan(self, query: Query) -> Iterator[str]:
        """Keys at one point in time: one request for each thousand."""
        matching = Matching(query)
        clause = matching.scored() if query.order == "relevance" else matching.worded()
        search = Search().query(clause).post_filter(matching.without(""))
        yield from keys(search, _order(query), self._asked)

    def similar(
        self, key: str, language: str, limit: int, excluded: frozenset[str] = frozenset()
    ) -> tuple[Document, ...]:
        """Entries that share facet values and telling words: one request for the entry, one for those like it."""
        if key in excluded or not limit:
            return ()
        document = self._stored(key)
        clause = like(document, excluded) if document else None
        if clause is None:
            return ()
        found = self._ask(
            _on_alias().query(clause).extra(size=limit, track_total_hits=False).sort("_score", schema.KEY)
        )
        return tuple(_read(hit).card(language) for hit in found["hits"]["hits"])

    def vocabulary(self, language: str) -> Mapping[str, int]:
        """Words of titles, summaries and labels in a language, the most frequent ones."""
        if language not in schema.content_languages():
            return {}
        search = _on_alias().extra(size=0, track_total_hits=False)
        search.aggs.bucket("words", "terms", field=schema.of_language("words", language), size=MOST_WORDS)
        found = self._ask(search)
        return {str(each["key"]): int(each["doc_count"]) for each in found["aggregations"]["words"]["buckets"]}

    def version(self) -> str:
        """The name of the live index."""
        with self._breaker.guarding(), guarded("Looking for the search index"):
            return indices.live(client())

    def put(self, documents: Iterable[IndexDocument]) -> None:
        """Write these documents into the live index; searches see them when this returns."""
        with self._changing() as goal:
            write(goal, documents)

    def remove(self, keys: Iterable[str]) -> None:
        """Take these entries out of the live index."""
        with self._changing() as goal:
            delete(goal, keys)

    def begin_rebuild(self) -> ElasticsearchBuild:
        """Start a new index; what an interrupted rebuild left is removed first."""
        return ElasticsearchBuild()

    def compact(self) -> None:
        """Nothing to do: the cluster merges by itself."""

    def health(self) -> Health:
        """Ask past the breaker, and close it when the cluster answers; the index must have the expected shape."""
        try:
            with guarded("Trying the search index"):
                name = indices.live(client())
                indices.check(client(), name)
                number = int(client().count(index=name)["count"])
                built = indices.made_at(client(), name)
        except SearchUnavailable as error:
            return Health(ok=False, detail=str(error))
        self._breaker.closed()
        return Health(True, name, number, built)

    def _ask(self, search: Search[Any]) -> Mapping[str, Any]:
        """The answer as it came: what a page shows is read from it directly."""
        return self._asked(search.to_dict(), index=schema.alias())

    def _asked(self, body: dict[str, Any], index: str | None = None) -> Mapping[str, Any]:
        with self._breaker.guarding(), guarded("Searching"):
            try:
                answer: Mapping[str, Any] = client().search(index=index, body=body).body
            except NotFoundError as error:
                raise SearchUnavailable(indices.NO_INDEX) from error
            _refuse_partial(answer, counted="aggs" in body)
            return answer

    def _number_without_words(self, query: Query) -> int:
        matching = Matching(query)
        search = Search().query(matching.narrowed() & matching.without("")).extra(size=0, track_total_hits=True)
        return int(self._ask(search)["hits"]["total"]["value"])

    def _stored(self, key: str) -> IndexDocument | None:
        found = self._ask(_on_alias().filter("term", **{schema.KEY: key}).extra(size=1, track_total_hits=False))
        return next((_read(hit) for hit in found["hits"]["hits"]), None)

    @contextmanager
    def _changing(self) -> Iterator[Goal]:
        """Where changes of the live index go; they are seen after the block. Not tried while the breaker is open.

        Trouble with writing does not open it: a full disk stops no search.
        """
        self._breaker.refuse_while_open()
        with guarded("Writing to the search index"):
            goal = Goal(patient(CHANGE_TIMEOUT), schema.alias(), is_alias=True, tries=TRIES)
            yield goal
            goal.client.indices.refresh(index=goal.name)


def _refuse_partial(answer: Mapping[str, Any], *, counted: bool) -> None:
    """Raise `SearchUnavailable` for what is no whole answer: counts of a part would be taken for those of all."""
    try:
        is_partial = answer["timed_out"] or answer["_shards"]["failed"]
        is_whole = "hits" in answer["hits"] and (not counted or "aggregations" in answer)
    except (KeyError, TypeError) as error:
        raise SearchUnavailable(f"That is no answer of a search: it lacks {error}.") from error
    if is_partial or not is_whole:
        raise SearchUnavailable("Only a part of the search index answered.")


def _on_alias() -> Search[Any]:
    return Search().source([schema.STORED])


def _search(query: Query) -> Search[Any]:
    """One request for hits, total, facets and what would be found without one of the choices."""
    matching, start = Matching(query), (query.page - 1) * PAGE_SIZE
    is_scored = query.order == "relevance"
    search = _on_alias().query(matching.scored() if is_scored else matching.worded())
    search = search.post_filter(matching.without("")).sort(*_order(query))
    ask_for_counts(search, matching, query)
    return search.extra(from_=start, size=min(PAGE_SIZE, WINDOW - start), track_total_hits=True)


def _order(query: Query) -> list[str]:
    if query.order == "relevance":
        return ["_score", schema.KEY]
    return [schema.NEWEST if query.order == "newest" else schema.by_title(query.language)]


def _results(found: Mapping[str, Any], query: Query, total: int, wordless: int) -> Results:
    counts = read_counts(found["aggregations"], query)
    removals = {} if total else {"q": wordless} | read_removals(found["aggregations"], query)
    mark = marker(query.text, query.language)
    return Results(
        total=total,
        page=query.page,
        hits=tuple(mark.hit(_read(hit), query.language) for hit in found["hits"]["hits"]),
        facets=tuple(list_facet(facet, counts[name], query) for name, facet in FACETS.items()),
        years=year_bounds(counts["year"]),
        removals=tuple(Removal(name, number) for name, number in removals.items() if number),
    )


def _read(hit: Mapping[str, Any]) -> IndexDocument:
    return IndexDocument.from_json(hit["_source"][schema.STORED])
