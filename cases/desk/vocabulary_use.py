"""Where terms are used: in what is public, in what is being written, elsewhere; with a constant number of SQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.db.models import Count, Q

from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.models import Revision

from cases.models import CaseStudyPage, EntryPage, MethodPage, Term
from cases.term_fields import TERM_FIELDS
from cases.terms import TermRow, Terms, UnknownTermError, current_terms
from cases.vocabularies.merge import Reference, references

KINDS: Final = (CaseStudyPage, MethodPage)
OTHER_VOCABULARIES: Final = (
    "value_chain_stages",
    "partner_roles",
    "official_use",
    "quality_dimensions",
    "attachment_kinds",
    "organisation_types",
)
COUNTED: Final = frozenset({*(field.vocabulary for field in TERM_FIELDS.values()), *OTHER_VOCABULARIES})
"""Vocabularies of which entries, organisations and teams choose terms: of others, nothing can be said here."""


@dataclass(frozen=True, slots=True)
class Use:
    """A term with the number of entries that have it in public and in drafts, and of organisations and teams."""

    term: TermRow
    live: int
    drafts: int
    elsewhere: int

    @property
    def used(self) -> bool:
        """Whether anything has the term."""
        return bool(self.live or self.drafts or self.elsewhere)

    @property
    def lingers(self) -> bool:
        """Retired, but still in something."""
        return self.term.retired and self.used

    @property
    def idle(self) -> bool:
        """May be chosen, but nobody ever did."""
        return not self.term.retired and not self.used


def uses() -> list[Use]:
    """Every term of the counted vocabularies, in order; a few SQL a kind of row that has terms, one for the drafts."""
    terms = current_terms()
    live, drafts, elsewhere = _live(), _drafts(terms), _elsewhere()
    rows = (row for name in sorted(COUNTED) for row in terms.of(name, retired=True))
    return [Use(row, live[row.id], drafts[row.id], elsewhere[row.id]) for row in rows]


def _live() -> Counter[int]:
    """The numbers of live entries by term. An entry has a term in one kind of row and one field, or counts for each."""
    found: dict[int, set[int]] = {}
    for reference in _entry_references():
        _add(found, _pairs(reference, Q(entry__live=True)))
    return _counted(found)


def _drafts(terms: Terms) -> Counter[int]:
    """The numbers of entries by term whose draft has it: the newest revision, else the rows of what is not live."""
    found: dict[int, set[int]] = {}
    unsaved = Q(entry__live=False) & ~Q(entry__has_unpublished_changes=True, entry__latest_revision__isnull=False)
    for reference in _entry_references():
        _add(found, _pairs(reference, unsaved))
    for entry, keys in _revised(terms):
        _add(found, ((key, entry) for key in keys))
    return _counted(found)


def _elsewhere() -> Counter[int]:
    counts: Counter[int] = Counter()
    for reference in references():
        if not _of_entries(reference):
            column = f"{reference.field}_id"
            rows = reference.model._base_manager.filter(**{f"{column}__isnull": False}).order_by()
            counts.update(dict(rows.values(column).annotate(n=Count("pk")).values_list(column, "n")))
    return counts


def _entry_references() -> list[Reference]:
    return [reference for reference in references() if _of_entries(reference)]


def _of_entries(reference: Reference) -> bool:
    names = {field.name for field in reference.model._meta.concrete_fields if isinstance(field, ParentalKey)}
    return "entry" in names


def _pairs(reference: Reference, condition: Q) -> Iterable[tuple[int, int]]:
    """Term and entry of each row; a mirrored entry (alias) says nothing of its own."""
    column = f"{reference.field}_id"
    rows = reference.model._base_manager.filter(condition, entry__alias_of=None, **{f"{column}__isnull": False})
    return rows.order_by().values_list(column, "entry_id").distinct().iterator()


def _revised(terms: Terms) -> Iterator[tuple[int, set[int]]]:
    """Entries with a newer draft, and the terms of that draft, merged ones followed. One SQL: only parts are read."""
    relations = _relations()
    names = list(relations)
    drafts = EntryPage.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False, alias_of=None)
    revisions = Revision.objects.filter(pk__in=drafts.order_by().values("latest_revision"))
    parts = revisions.order_by("pk").values_list("object_id", *(f"content__{name}" for name in names))
    for entry, *rows_by_name in parts.iterator():
        keys: set[int] = set()
        for name, rows in zip(names, rows_by_name, strict=True):
            keys.update(_keys(rows or [], relations[name], terms))
        yield int(entry), keys


def _keys(rows: list[dict[str, Any]], fields: tuple[str, ...], terms: Terms) -> Iterator[int]:
    for row in rows:
        for name in fields:
            if row.get(name) is not None:
                try:
                    yield terms.resolve(row[name]).id
                except UnknownTermError:
                    continue


def _relations() -> dict[str, tuple[str, ...]]:
    """The child rows that have terms, by their name in a revision, with the keys that are terms."""
    found: dict[str, tuple[str, ...]] = {}
    for relation in (relation for kind in KINDS for relation in get_all_child_relations(kind)):
        keys = tuple(f.name for f in relation.related_model._meta.concrete_fields if _is_of_term(f))
        if keys:
            found[relation.get_accessor_name()] = keys
    return found


def _is_of_term(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.ForeignKey) and field.related_model is Term


def _add(found: dict[int, set[int]], pairs: Iterable[tuple[int, int]]) -> None:
    for term, entry in pairs:
        found.setdefault(term, set()).add(entry)


def _counted(found: dict[int, set[int]]) -> Counter[int]:
    return Counter({term: len(entries) for term, entries in found.items()})
