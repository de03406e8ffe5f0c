"""What a search gives back, the same from every engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.safestring import SafeString

from cases.terms import Label
from search.facets import Facet
from search.query import PAGE_SIZE, WINDOW, last_page


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value with the number of entries that choosing it alone in its facet would leave."""

    value: str
    label: str
    lang: str
    count: int
    chosen: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class FacetResult:
    """A facet with all values that have a count and every chosen one, in the order to show."""

    facet: Facet
    values: tuple[FacetValue, ...]

    @property
    def chosen(self) -> tuple[FacetValue, ...]:
        """The chosen values."""
        return tuple(value for value in self.values if value.chosen)


@dataclass(frozen=True, slots=True)
class Cover:
    """A picture as a result card shows it."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Document:
    """An entry as search knows it: what facets count and all that a result card shows, in one language.

    `lang` is the language of title and summary: the reader's, else the original's.
    """

    key: str
    kind: str
    kind_label: Label
    url: str
    lang: str
    title: str
    summary: str
    reference: str
    team: str
    lead_organisation: str
    countries: tuple[Label, ...]
    themes: tuple[Label, ...]
    years: tuple[int | None, int | None]
    participation: Label | None
    published: datetime | None
    cover: Cover | None
    codes: Mapping[str, frozenset[str]] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Hit:
    """A found entry with its words marked; the marked texts are escaped."""

    document: Document
    title: SafeString
    summary: SafeString
    snippet: SafeString


@dataclass(frozen=True, slots=True)
class Removal:
    """What leaving out one facet's choice, or the words (`q`), would give, for a search without results."""

    facet: str
    total: int


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, the number of all, and every facet under the text and the other facets' choices.

    `removals` is filled when nothing was found; `years` are the first and last that have a count.
    """

    total: int
    page: int
    hits: tuple[Hit, ...]
    facets: tuple[FacetResult, ...]
    years: tuple[int, int] | None = None
    removals: tuple[Removal, ...] = ()

    @property
    def pages(self) -> int:
        """Number of pages that can be opened, at least 1."""
        return last_page(self.total)

    @property
    def is_windowed(self) -> bool:
        """Whether there are more results than can be paged through."""
        return self.total > WINDOW

    @property
    def first(self) -> int:
        """Position of the first hit on this page, 0 without hits."""
        return (self.page - 1) * PAGE_SIZE + 1 if self.hits else 0

    @property
    def last(self) -> int:
        """Position of the last hit on this page."""
        return (self.page - 1) * PAGE_SIZE + len(self.hits)

    def facet(self, parameter: str) -> FacetResult:
        """One facet's result. Raises `KeyError` for a facet that does not exist."""
        for result in self.facets:
            if result.facet.parameter == parameter:
                return result
        raise KeyError(parameter)
