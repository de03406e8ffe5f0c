"""What a reader looks for stands high, in six languages: the judged list over the demo content. `make relevance`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from cases.models import EntryPage
from home.demo import load_demo
from search.synonyms.loading import load_synonyms
from tests.relevance.comparison import LANGUAGES, Report, compare, own_engine, table
from tests.relevance.ndcg import judged, ndcg

FLOOR = 0.89
"""Just below what was measured on the reported half: 0.911."""
APART = 0.03
"""By how much another engine may find worse."""


def test_ndcg_of_known_rankings() -> None:
    grades = {"a": 3, "b": 1}
    assert ndcg(["a", "b"], grades) == 1
    assert ndcg(["b", "a"], grades) == pytest.approx((1 + 7 / 1.5849625) / (7 + 1 / 1.5849625))
    assert ndcg(["x"] * 10 + ["a"], grades) == ndcg([], grades) == 0


@pytest.mark.parametrize("half", ["tune", "report"])
def test_each_half_asks_in_every_language_and_nothing_twice(half: str) -> None:
    asked = judged(half)
    assert {each.language for each in asked} == set(LANGUAGES)
    assert sum(each.kind == "title" for each in asked) >= len(LANGUAGES)
    others = {(each.language, each.query) for each in judged() if each.half != half}
    assert len({(each.language, each.query) for each in asked} - others) == len(asked)
    assert len(judged()) >= 60


@pytest.fixture
def demo_content(repository: None, settings: Any, tmp_path: Path) -> None:
    """The demo content, to be searched by the embedded engine in an index of its own."""
    settings.MEDIA_ROOT, settings.DATA_DIR, settings.SEARCH_ENGINE = tmp_path / "media", tmp_path, "tantivy"
    load_demo()
    load_synonyms()


@pytest.fixture
def reports(demo_content: None) -> dict[str, Report]:
    """Every system's answers."""
    return compare()


@pytest.mark.elasticsearch
def test_elasticsearch_finds_as_well_as_the_embedded_engine(demo_content: None, cluster: str, settings: Any) -> None:
    embedded = own_engine()
    settings.SEARCH_ENGINE = "elasticsearch"
    clustered = own_engine()
    sys.stdout.write("\n" + table([embedded, clustered]) + "\n")
    assert clustered.ndcg("report") >= embedded.ndcg("report") - APART
    assert clustered.titles_first() == 1


@pytest.mark.once
def test_the_site_finds_better_than_plain_means(reports: dict[str, Report]) -> None:
    sys.stdout.write(f"\n{len(judged())} judged queries, {len(judged('report'))} of them reported\n")
    sys.stdout.write(table(reports.values()) + "\n")
    known = set(EntryPage.objects.filter(original=None, live=True).values_list("external_id", flat=True))
    assert {entry for each in judged() for entry in each.grades} <= known
    own = reports["tantivy"]
    assert [a.judged.query for a in own.answers if a.judged.kind == "title" and not a.is_first] == []
    assert own.ndcg("report") >= FLOOR
    for name in ("database", "plain match", "SQLite FTS5"):
        assert own.ndcg("report") >= reports[name].ndcg("report"), name
