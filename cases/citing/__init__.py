"""How to cite an entry: as lines of text in three styles, and as data for reference managers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from cases.citing.formats import FORMATS
from cases.citing.styles import STYLES, citation
from cases.citing.work import Work, authors, language_tag, version_address, work_of, work_of_version

__all__ = [
    "FORMATS",
    "STYLES",
    "Cited",
    "Work",
    "authors",
    "citation",
    "cited",
    "language_tag",
    "version_address",
    "work_of",
    "work_of_version",
]


@dataclass(frozen=True, slots=True)
class Cited:
    """What a page tells of how to cite it: a line in each style, and the address of each download."""

    work: Work
    lines: tuple[tuple[str, SafeString], ...]
    downloads: tuple[tuple[str, str], ...]


def cited(work: Work, page_url: str) -> Cited:
    """Everything for the page at `page_url`; without an address there is nothing to download."""
    lines = tuple((name, citation(work, style)) for style, name in STYLES.items())
    downloads = ((form.name, f"{page_url}cite.{ending}") for ending, form in FORMATS.items())
    return Cited(work, lines, tuple(downloads) if page_url else ())
