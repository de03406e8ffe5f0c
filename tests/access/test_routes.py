"""No address is forgotten: each route of the site is a surface of the matrix, or exempt for a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver

from tests.access.exempt import EXEMPT
from tests.access.surfaces import SURFACES

BY_PATH = {
    "entry": "/en/{path}",
    "wagtail_serve": "/en/teams/",
    "version": "/en/{path}versions/1/",
    "versions": "/en/{path}versions/",
    "cite": "/en/{path}cite.bib",
    "cite_version": "/en/{path}versions/1/cite.bib",
    "figure_numbers": "/en/{path}figures/participation.csv",
    "compare_versions": "/en/{path}versions/compare/",
}
"""Routes whose surfaces are written as paths."""


def routes(resolver: Any, prefix: str = "/", spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """The names of all routes; the pattern of those without one."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from routes(pattern, f"{prefix}{pattern.pattern}", inner)
        else:
            yield ":".join((*spaces, pattern.name)) if pattern.name else f"{prefix}{pattern.pattern}"


def asked() -> set[str]:
    """The routes of the matrix."""
    return {surface.route for surface in SURFACES}


def test_every_route_is_a_surface_or_exempt_for_a_reason() -> None:
    covered = {name for name in routes(get_resolver()) if BY_PATH.get(name, name) in asked()}
    forgotten = set(routes(get_resolver())) - covered - set(EXEMPT)
    hint = "no surface in tests/access/surfaces.py and no reason in tests/access/exempt.py"
    assert not forgotten, f"{hint}: {' '.join(sorted(forgotten))}"


def test_no_exemption_outlives_its_route_or_hides_a_surface() -> None:
    existing = set(routes(get_resolver()))
    assert set(EXEMPT) <= existing, sorted(set(EXEMPT) - existing)
    assert not set(EXEMPT) & asked(), sorted(set(EXEMPT) & asked())
    assert all(EXEMPT.values())
