"""What the tests of the frame share."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.cache import cache

import pytest


@pytest.fixture(autouse=True)
def _cold_cache() -> Iterator[None]:
    """Menus and addresses of another test's transaction are not this one's."""
    cache.clear()
    yield
    cache.clear()
