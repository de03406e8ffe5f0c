"""Ten thousand and a million entries on Elasticsearch: how much longer a page takes (`make bench-1m`).

Both indices stay on the node for the next run; making a million takes a while. Remove them with
`curl -X DELETE "$ELASTICSEARCH_URL/bench-kept-*"`, or start the node anew.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.benchmarks.clusters import OnCluster, fill
from tests.benchmarks.site import Site
from tests.benchmarks.test_search import ROUNDS, SEARCHES, WARM, Asked, visit
from tests.benchmarks.timing import alternating, tell

pytestmark = [pytest.mark.bench, pytest.mark.elasticsearch, pytest.mark.django_db]
FEW, MANY = (OnCluster(size, f"bench-kept-{size}") for size in (10_000, 1_000_000))


@pytest.fixture
def site(repository: None) -> Site:
    """The site, after both indices are there."""
    for corpus in (FEW, MANY):
        with corpus.chosen():
            fill(corpus.size)
    return Site()


def test_a_hundred_times_as_many_entries(site: Site) -> None:
    for kind, search in SEARCHES.items():

        def acts(number: int, search: Callable[[int], Asked] = search) -> dict[str, Callable[[], object]]:
            return {f"{each.size} entries": _visiting(each, site, search(number).address) for each in (FEW, MANY)}

        alternating(map(acts, range(-WARM, 0)))
        times = alternating(map(acts, range(ROUNDS)))
        tell(f"{FEW.size} and {MANY.size} entries on Elasticsearch, {kind}", times, f"{FEW.size} entries")


def _visiting(corpus: OnCluster, site: Site, address: str) -> Callable[[], object]:
    def act() -> None:
        with corpus.chosen():
            visit(site, address)

    return act
