"""The engine's hits and every count equal those of the brute force, for random searches in a generated world."""

from __future__ import annotations

from dataclasses import replace

from django.http import QueryDict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines import engine
from search.facets import FACETS
from search.query import Query
from search.results import Results
from tests.reference import brute_force
from tests.reference.brute_force import Wanted
from tests.reference.world import (
    COUNTRIES,
    GROUPS,
    KINDS,
    METHODS,
    SDGS,
    STAGES,
    THEMES,
    TYPES,
    USES,
    WORDS,
    World,
)

pytestmark = pytest.mark.django_db

PARTS = [
    *WORDS,
    "Kenya",
    "كينيا",
    "afrique",
    "household survey",
    "openData",
    "open data",
    "kisumu",
    "prepare",
    "nothing",
]
VALUES = {
    "kind": ["case", "method", "framework"],
    "country": [*COUNTRIES, "africa", "eastern-africa", "europe", "americas", "jpn"],
    "theme": [theme for theme in THEMES if theme != "energy"] + ["ageing"],
    "group": GROUPS,
    "initiative": KINDS,
    "sdg": [*SDGS, "sdg-09"],
    "method": METHODS,
    "stage": STAGES,
    "participation": ["information", "partnership", "self-determination"],
    "official_use": USES,
    "organisation_type": TYPES,
    "language": ["en", "fr", "ar", "zh-hans", "da", "ru"],
    "year": ["1920", "1931", "2014", "2015", "2001-2003", "-1960", "2018-"],
    "tag": ["open data", "wasser", "مياه", "unused"],
}
assert set(VALUES) == set(FACETS) == set(brute_force.PARAMETERS)

runs = st.lists(st.sampled_from(PARTS), max_size=3)
choices = st.lists(
    st.sampled_from([(name, value) for name, values in VALUES.items() for value in values]), max_size=4, unique=True
)


def as_address(wanted: Wanted) -> QueryDict:
    """The search as a visitor would send it."""
    given_by = QueryDict(mutable=True)
    quoted = [f'"{run}"' if " " in run else run for run in wanted.holds]
    given_by["q"] = " ".join([*quoted, *(f'-"{run}"' for run in wanted.lacks)])
    for name, values in wanted.chosen.items():
        given_by.setlist(name, values)
    return given_by


def all_pages(query: Query) -> list[Results]:
    first = engine().search(query)
    return [first, *(engine().search(replace(query, page=page)) for page in range(2, first.pages + 1))]


@pytest.mark.parametrize("seed", [1, 2])
def test_hits_and_counts_equal_brute_force(repository, seed: int) -> None:
    World(seed)
    things = brute_force.gather()
    assert 10 < len(things) < 30

    @settings(max_examples=100, suppress_health_check=list(HealthCheck))
    @given(runs, st.lists(st.sampled_from(PARTS), max_size=1), choices)
    def compare(holds: list[str], lacks: list[str], chosen: list[tuple[str, str]]) -> None:
        by_facet: dict[str, list[str]] = {}
        for name, value in chosen:
            by_facet.setdefault(name, []).append(value)
        wanted = Wanted(holds, lacks, by_facet)
        query, notices = Query.parse(as_address(wanted), "en")
        assert notices == []
        expected = brute_force.search(things, wanted)
        pages = all_pages(query)
        keys = [hit.document.key for page in pages for hit in page.hits]
        assert len(keys) == len(set(keys)) == pages[0].total
        assert set(keys) == expected.keys
        for page in pages:
            counts = {f.facet.parameter: {value.value: value.count for value in f.values} for f in page.facets}
            assert counts == expected.counts

    compare()
