"""With pages in the database: a rebuild against raw bulk, and ten facets against Wagtail's own search."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from django.http import QueryDict

from wagtail.search import index
from wagtail.search.backends import get_search_backend

import pytest
import tantivy

from cases.models import CaseStudyPage
from search.collecting import all_keys, build, build_all
from search.engines import engine
from search.engines.database import DatabaseEngine
from search.engines.tantivy.mapping import to_tantivy
from search.engines.tantivy.reading import register
from search.engines.tantivy.schema import schema
from search.engines.tantivy.writing import BUILD_HEAP
from search.query import Query
from search.upkeep.rebuild import rebuild
from tests.benchmarks.corpus import word
from tests.benchmarks.filling import batches
from tests.benchmarks.rows import make_rows
from tests.benchmarks.timing import alternating, keep, tell

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
SIZE = int(os.environ.get("BENCH_ROWS", "10000"))
TURNS = 3
ROUNDS = 20
TERMS = ("themes", "population_groups", "initiative_type", "sdgs", "collection_methods", "countries")
PLAIN = ("start_year", "lead_organisation", "team", "locale")


@pytest.fixture
def rows(repository: None, settings: Any, tmp_path: Path) -> None:
    """As many entries in the database, and the site set to search with its own engine."""
    settings.DATA_DIR, settings.SEARCH_ENGINE = tmp_path, "tantivy"
    make_rows(SIZE)


def test_rebuild_against_raw_bulk(rows: None, tmp_path: Path) -> None:
    documents = [document for batch in build_all() for document in batch]
    assert len(documents) == SIZE
    made = [to_tantivy(document) for document in documents]
    numbers = count()
    acts: dict[str, Callable[[], object]] = {
        "raw bulk of made documents": lambda: _raw_bulk(tmp_path / f"bulk-{next(numbers)}", made),
        "build from documents in memory": lambda: _build(documents),
        "rebuild from the database": rebuild,
        "reading the database alone": lambda: [build(all_keys()[start : start + 500]) for start in range(0, SIZE, 500)],
    }
    acts["raw bulk of made documents"]()
    times = alternating([acts] * TURNS)
    speed = {name: SIZE / each.median * 1000 for name, each in times.items()}
    raw = speed["raw bulk of made documents"]
    figures = {name: {"documents_per_s": round(each), "ratio": round(each / raw, 2)} for name, each in speed.items()}
    keep(f"{SIZE} entries, rebuild", figures)


def _raw_bulk(path: Path, made: list[tantivy.Document]) -> None:
    path.mkdir()
    own = tantivy.Index(schema(), str(path))
    register(own)
    with own.writer(BUILD_HEAP, 1) as writer:
        for document in made:
            writer.add_document(document)
        writer.commit()


def _build(documents: list[Any]) -> None:
    started = engine().begin_rebuild()
    for batch in batches(documents):
        started.put(batch)
    started.publish()


@pytest.fixture
def in_wagtail(rows: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The same entries in Wagtail's own index, with the text and the filters that the comparison needs."""
    body = index.SearchField("problem")
    terms = index.RelatedFields("terms", [index.FilterField("field"), index.FilterField("term")])
    filters = [index.FilterField(name) for name in ("terms__term", *PLAIN)]
    monkeypatch.setattr(CaseStudyPage, "search_fields", [*CaseStudyPage.search_fields, body, terms, *filters])
    backend = get_search_backend()
    pages = CaseStudyPage.objects.order_by("pk")
    for start in range(0, SIZE, 500):
        backend.get_index_for_model(CaseStudyPage).add_items(CaseStudyPage, list(pages[start : start + 500]))
    return backend


def test_ten_facets_against_wagtail(in_wagtail: Any) -> None:
    rebuild()

    def acts(number: int) -> dict[str, Callable[[], object]]:
        wanted = word(int(10 ** random.Random(number).uniform(1, 3)))
        query = Query.parse(QueryDict(f"q={wanted}"), "en")[0]
        return {
            "tantivy, all fourteen": lambda: engine().search(query),
            "database engine, all fourteen": lambda: DatabaseEngine().search(query),
            "Wagtail, ten": lambda: wagtail_facets(in_wagtail, wanted),
        }

    found = engine().search(Query.parse(QueryDict(f"q={word(50)}"), "en")[0])
    counted = dict(wagtail_facets(in_wagtail, word(50)))
    assert sorted(counted["themes"].values()) == sorted(value.count for value in found.facet("theme").values)
    alternating(map(acts, range(-2, 0)))
    tell(f"{SIZE} entries, facets against Wagtail", alternating(map(acts, range(ROUNDS))), "tantivy, all fourteen")


def wagtail_facets(backend: Any, wanted: str) -> list[tuple[str, Any]]:
    """Ten facets under a word, by one search each: Wagtail has no other way."""
    return [*_by_terms(backend, wanted), *_by_columns(backend, wanted)]


def _by_terms(backend: Any, wanted: str) -> Iterator[tuple[str, Any]]:
    for field in TERMS:
        chosen = CaseStudyPage.objects.live().filter(terms__field=field)
        yield field, backend.search(wanted, chosen).facet("terms__term")


def _by_columns(backend: Any, wanted: str) -> Iterator[tuple[str, Any]]:
    for field in PLAIN:
        column = CaseStudyPage._meta.get_field(field).attname
        yield field, backend.search(wanted, CaseStudyPage.objects.live()).facet(column)
