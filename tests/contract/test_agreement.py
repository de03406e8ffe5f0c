"""Each engine's hits, totals, counts and orders equal the brute force, for random searches in a generated world."""

from __future__ import annotations

from dataclasses import replace

from django.http import QueryDict

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from search.engines import engine
from search.engines.port import Engine
from search.engines.stems import STEMMED, stem
from search.query import Query
from search.results import Results
from tests.contract.conftest import fill
from tests.reference import brute_force
from tests.reference.brute_force import Thing, Wanted
from tests.reference.world import COUNTRIES, GROUPS, KINDS, METHODS, SDGS, STAGES, THEMES, TYPES, USES, World

pytestmark = pytest.mark.django_db

# No language's stemmer changes these, so engines with stems find what plain comparison finds.
WORDS = ["zork", "blik", "vuks", "Frömp", "l’grul", "krob-plif", "公民数据", "数据", "2015", "مطبخ", "100%", "ploks"]
PARTS = [*WORDS, "zork blik", "Kenya", "كينيا", "kisumu", "数 据", "nothing"]
VALUES = [
    *[("kind", value) for value in ("case", "method", "framework")],
    *[("country", value) for value in (*COUNTRIES, "africa", "eastern-africa", "europe", "jpn")],
    *[("theme", value) for value in (*THEMES, "ageing") if value != "energy"],
    *[("group", value) for value in GROUPS],
    *[("initiative", value) for value in KINDS],
    *[("sdg", value) for value in (*SDGS, "sdg-09")],
    *[("method", value) for value in METHODS],
    *[("stage", value) for value in STAGES],
    *[("participation", value) for value in ("information", "partnership", "self-determination")],
    *[("official_use", value) for value in USES],
    *[("organisation_type", value) for value in TYPES],
    *[("language", value) for value in ("en", "fr", "ar", "zh-hans", "da", "ru")],
    *[("year", value) for value in ("1920", "1931", "2014", "2001-2003", "-1960", "2018-")],
    *[("tag", value) for value in ("open data", "wasser", "مياه", "unused")],
]
runs = st.lists(st.sampled_from(PARTS), max_size=3)
choices = st.lists(st.sampled_from(VALUES), max_size=4, unique=True)
readers = st.sampled_from(["en", "fr", "ru", "zh-hans", "ar"])


def address(wanted: Wanted) -> QueryDict:
    given_by = QueryDict(mutable=True)
    quoted = [f'"{run}"' if " " in run else run for run in wanted.holds]
    given_by["q"] = " ".join([*quoted, *(f'-"{run}"' for run in wanted.lacks)])
    for name, values in wanted.chosen.items():
        given_by.setlist(name, values)
    return given_by


def all_pages(query: Query) -> list[Results]:
    first = engine().search(query)
    return [first, *(engine().search(replace(query, page=page)) for page in range(2, first.pages + 1))]


def keys_of(pages: list[Results]) -> list[str]:
    return [hit.document.key for page in pages for hit in page.hits]


def compare(things: list[Thing], wanted: Wanted, language: str) -> None:
    query, notices = Query.parse(address(wanted), language)
    assert notices == []
    expected = brute_force.search(things, wanted)
    pages = all_pages(query)
    keys = keys_of(pages)
    assert len(keys) == len(set(keys)) == pages[0].total
    assert set(keys) == expected.keys
    for page in pages:
        found = {f.facet.parameter: {value.value: value.count for value in f.values} for f in page.facets}
        assert found == expected.counts
    for order in ("newest", "title"):
        ordered = keys_of(all_pages(query.with_sort(order)))
        assert ordered == brute_force.in_order(things, expected.keys, order, language), order
    scanned = list(engine().scan(query))
    assert len(scanned) == len(set(scanned))
    assert set(scanned) == expected.keys


def test_the_words_have_no_stems() -> None:
    words = ["zork", "blik", "vuks", "fromp", "grul", "krob", "plif", "ploks", "مطبخ", "kisumu"]
    # Only equal forms may fall together: no word of the texts shares a stem with another.
    for language in STEMMED:
        assert len({stem(word, language) for word in words}) == len(words)


def test_engines_agree_with_brute_force(searched: Engine) -> None:
    World(5, words=WORDS)
    things = brute_force.gather()
    assert 10 < len(things) < 30
    fill()

    @hypothesis_settings(max_examples=120, suppress_health_check=list(HealthCheck))
    @given(runs, st.lists(st.sampled_from(PARTS), max_size=1), choices, readers)
    def agree(holds: list[str], lacks: list[str], chosen: list[tuple[str, str]], language: str) -> None:
        by_facet: dict[str, list[str]] = {}
        for facet, value in chosen:
            by_facet.setdefault(facet, []).append(value)
        compare(things, Wanted(holds, lacks, by_facet), language)

    agree()
