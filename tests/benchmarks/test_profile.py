"""Where the time of a results page goes: the costliest functions with all they call, and alone."""

from __future__ import annotations

import cProfile
import io
import pstats
import sys

import pytest

from tests.benchmarks.conftest import Filled
from tests.benchmarks.site import Site
from tests.benchmarks.test_search import visit, with_two_choices, without_choices

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
PAGES = 40


@pytest.mark.parametrize("kind", [with_two_choices, without_choices], ids=["two facets chosen", "words alone"])
def test_profile(filled: Filled, site: Site, kind: object) -> None:
    assert callable(kind)
    addresses = [kind(number).address for number in range(PAGES * 2)]
    for address in addresses[:PAGES]:
        visit(site, address)
    profile = cProfile.Profile()
    profile.enable()
    for address in addresses[PAGES:]:
        visit(site, address)
    profile.disable()
    out = io.StringIO()
    stats = pstats.Stats(profile, stream=out).strip_dirs()
    stats.sort_stats("tottime").print_stats(25)
    stats.sort_stats("cumtime").print_stats(60)
    sys.stdout.write(out.getvalue())
