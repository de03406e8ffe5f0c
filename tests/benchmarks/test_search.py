"""How long a search takes: the whole page against raw tantivy, with more and more choices, and during a rebuild."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

import pytest

from search.engines import engine
from search.query import Query
from tests.benchmarks import raw
from tests.benchmarks.conftest import Filled
from tests.benchmarks.corpus import PROFILE, PROFILED, codes, word
from tests.benchmarks.site import Site
from tests.benchmarks.timing import Times, alternating, tell, timed

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
PROJECT = Path(__file__).parents[2]
WARM = 10
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "100"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: words, and choices by facet."""

    words: Sequence[str]
    chosen: Mapping[str, Sequence[str]]

    @property
    def address(self) -> str:
        """As a visitor sends it."""
        return "/en/search/?" + urlencode({"q": " ".join(self.words), **self.chosen}, doseq=True)

    @property
    def query(self) -> Query:
        """As the engine takes it."""
        return Query.parse(QueryDict(self.address.partition("?")[2]), "en")[0]


def with_two_choices(number: int) -> Asked:
    """One or two words, themes and a country: no two alike."""
    chance = random.Random(number)
    words = {word(int(10 ** chance.uniform(1, 3))) for _ in range(chance.randint(1, 2))}
    themes = sorted({chance.choice(codes("themes")[:20]).code for _ in range(2)})
    return Asked(sorted(words), {"theme": themes, "country": [chance.choice(codes("countries")[:60]).code]})


def without_choices(number: int) -> Asked:
    """Words alone."""
    return Asked(with_two_choices(number).words, {})


def nothing(_number: int) -> Asked:
    """The search page as it opens: all entries, newest first."""
    return Asked([], {})


def profiled(facets: int) -> Asked:
    """A word and this many choices, which all entries with the word fulfil."""
    return Asked([PROFILED], {facet: [value] for facet, value in list(PROFILE.items())[:facets]})


def visit(site: Site, address: str) -> bytes:
    """The page, which must be whole."""
    content = site.get(address)
    assert b'data-name="facet-theme"' in content or b"nothing" in content
    return content


SEARCHES: Mapping[str, Callable[[int], Asked]] = {
    "two facets chosen": with_two_choices,
    "words alone": without_choices,
    "nothing chosen": nothing,
}


def test_both_ways_give_the_same_numbers(filled: Filled) -> None:
    compare_numbers(lambda asked: raw.page(filled.raw, asked.words, asked.chosen))


def compare_numbers(raw_page: Callable[[Asked], tuple[int, Sequence[object], Mapping[str, Any]]]) -> None:
    """Both ways find and count the same."""
    for asked in [*map(with_two_choices, range(8)), *map(without_choices, range(4)), *map(profiled, (0, 1, 3, 6))]:
        total, shown, counts = raw_page(asked)
        results = engine().search(asked.query)
        assert (results.total, len(results.hits)) == (total, len(shown))
        for facet in ("theme", "country", "stage", "tag", "year"):
            own = {value.value: value.count for value in results.facet(facet).values if value.count}
            assert own == {each["key"]: each["doc_count"] for each in counts[facet]["buckets"]}
    assert len({engine().search(profiled(facets).query).total for facets in (0, 1, 3, 6)}) == 1


@pytest.mark.parametrize("kind", SEARCHES)
def test_whole_page_against_raw_request(filled: Filled, site: Site, kind: str) -> None:
    def raw_page(asked: Asked) -> object:
        return raw.page(filled.raw, asked.words, asked.chosen)

    compare_pages(f"{filled.size} entries, {kind}", site, kind, {"raw tantivy": raw_page})


def compare_pages(title: str, site: Site, kind: str, raw_way: Mapping[str, Callable[[Asked], object]]) -> None:
    """Measure the raw request, the engine and the whole page."""
    ((raw_name, raw_page),) = raw_way.items()

    def acts(number: int) -> dict[str, Callable[[], object]]:
        asked = SEARCHES[kind](number)
        return {
            raw_name: lambda: raw_page(asked),
            "engine": lambda: engine().search(asked.query),
            "whole page": visiting(site, asked),
        }

    alternating(map(acts, range(-WARM, 0)))
    tell(title, alternating(map(acts, range(ROUNDS))), raw_name)


def test_more_choices(filled: Filled, site: Site) -> None:
    compare_choices(f"{filled.size} entries", site)


def compare_choices(title: str, site: Site) -> None:
    """Measure the whole page with none to six facets chosen."""

    def acts(_number: int) -> dict[str, Callable[[], object]]:
        return {f"{n} facets chosen": visiting(site, profiled(n)) for n in (0, 1, 3, 6)}

    alternating(map(acts, range(WARM)))
    tell(f"{title}, chosen facets", alternating(map(acts, range(ROUNDS))), "0 facets chosen")


def test_during_a_rebuild(filled: Filled, site: Site) -> None:
    compare_during_a_rebuild(f"{filled.size} entries", site, rebuilding(filled.folder, filled.size))


def compare_during_a_rebuild(title: str, site: Site, rebuilds: AbstractContextManager[Callable[..., None]]) -> None:
    """Measure the whole page while another process rebuilds, and while that one stands still."""
    for number in range(WARM):
        visit(site, with_two_choices(number).address)
    found: dict[str, list[float]] = {"idle": [], "rebuild": []}
    with rebuilds as go:
        for number in range(ROUNDS):
            kind = ("idle", "rebuild")[number // 10 % 2]
            go(on=kind == "rebuild")
            # Each search twice in a row of ten each: once idle, once during the rebuild.
            asked = with_two_choices(number - 10 if kind == "rebuild" else number)
            found[kind].append(timed(visiting(site, asked)))
    times = {name: Times(values) for name, values in found.items()}
    tell(f"{title}, during a rebuild", times, "idle")


def visiting(site: Site, asked: Asked) -> Callable[[], object]:
    """An act: the page of a search."""
    return lambda: visit(site, asked.address)


@contextmanager
def rebuilding(folder: Path, size: int, index: str = "") -> Iterator[Callable[..., None]]:
    """Another process that rebuilds, on Elasticsearch where an index is named; and a switch to let it go or stand."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": f"{PROJECT}{os.pathsep}{PROJECT / 'site'}",
    }
    command = [sys.executable, "-m", "tests.benchmarks.rebuilding", str(folder), str(size), index]
    with subprocess.Popen(command, env=environment, cwd=PROJECT, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"started\n"
        try:
            yield lambda *, on: process.send_signal(signal.SIGCONT if on else signal.SIGSTOP)
        finally:
            process.kill()
