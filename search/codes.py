"""The facet values of an entry: a pure function of its rows, the terms and the year."""

from __future__ import annotations

from collections.abc import Iterable

from cases.terms import TermRow, Terms
from search.entries import Entry
from search.facets import FACETS, fold_tag
from search.marks import Marks

MAX_YEARS = 60
DECISIVE_STAGES = frozenset({"design", "collect"})
ENDED = frozenset({"completed", "discontinued"})
# What an entry is about: words find entries by the labels of these, not by those of licences or consent.
LABEL_FIELDS = frozenset(
    {
        "countries", "geographic_scope", "initiative_type", "themes", "sdgs", "population_groups",
        "collection_methods", "data_types",
    }
)  # fmt: skip


class Codes:
    """Facet values under one snapshot of the terms; looks each term up once, whatever the number of entries."""

    def __init__(self, terms: Terms, year: int) -> None:
        self.terms = terms
        self.year = year
        self._families: dict[int, tuple[TermRow, ...]] = {}
        levels = terms.of("participation_levels", retired=True)
        self._levels = {row.facts.get("level"): terms.resolve(row.id).code for row in levels}

    def family(self, term: int) -> tuple[TermRow, ...]:
        """The term that now stands for this one, and all above it."""
        if term not in self._families:
            row = self.terms.resolve(term)
            self._families[term] = (row, *self.terms.ancestors(row.id))
        return self._families[term]

    def code(self, term: int) -> str:
        """The code of the term that now stands for this one."""
        return self.family(term)[0].code

    def of(self, entry: Entry, marks: Marks) -> dict[str, set[str]]:
        """Values by facet; every facet of `FACETS` is a key."""
        found: dict[str, set[str]] = {name: set() for name in FACETS}
        for facet in FACETS.values():
            if facet.field:
                chosen = [term for name, term in marks.terms if name == facet.field]
                found[facet.parameter] = self._codes(chosen, tree=facet.tree)
        found["kind"] = {entry.kind}
        # A method covers stages without a level; a case only counts where one was given.
        found["stage"] = {self.code(stage) for stage, level in marks.stages if level or entry.kind == "method"}
        found["participation"] = self._participation(entry, marks)
        found["official_use"] = self._codes(marks.uses)
        leads = [entry.lead[0]] if entry.lead else []
        found["organisation_type"] = self._codes([*leads, *(kind for kind, _ in marks.partners)])
        found["language"] = {page.language for page in entry.pages}
        found["year"] = {str(year) for year in self.years(entry, marks)}
        found["tag"] = {fold_tag(tag) for tag in marks.tags} - {""}
        return found

    def label_terms(self, marks: Marks) -> set[int]:
        """Terms by whose labels words find the entry: those it is about, and the regions of its countries."""
        return {row.id for name, term in marks.terms if name in LABEL_FIELDS for row in self.family(term)}

    def years(self, entry: Entry, marks: Marks) -> range:
        """Every year from start to end, or to this one while it goes on; the latest sixty of them."""
        if entry.start_year is None:
            return range(0)
        status = {self.code(term) for name, term in marks.terms if name == "status"}
        open_end = entry.start_year if status & ENDED else max(self.year, entry.start_year)
        end = entry.end_year or open_end
        return range(max(entry.start_year, end - MAX_YEARS + 1), end + 1)

    def _codes(self, terms: Iterable[int], tree: bool = False) -> set[str]:
        return {row.code for term in terms for row in (self.family(term) if tree else self.family(term)[:1])}

    def _participation(self, entry: Entry, marks: Marks) -> set[str]:
        if entry.kind == "method":
            return self._codes(term for name, term in marks.terms if name == "participation_level")
        reached = [level for stage, level in marks.stages if level and self.code(stage) in DECISIVE_STAGES]
        return {self._levels[max(reached)]} if reached and max(reached) in self._levels else set()
