"""What spreadsheets add to the rest: called in `AppConfig.ready`."""

from __future__ import annotations

from cases import terms
from core import jobs


def install() -> None:
    """Make the jobs known; let each begin with a fresh look at the terms, as a request does."""
    from cases.sheets import work  # noqa: F401 - importing it registers the jobs

    jobs.prepare_with(terms.refresh)
