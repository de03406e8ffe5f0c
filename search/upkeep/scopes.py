"""From what changed to the entries whose documents it is part of: a few SQL a scope, however many rows or entries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from wagtail.models import Page

from cases.models import EntryPage, EntryTag, EntryTerm, OfficialUse, Organisation, Partnership, StageLevel
from cases.terms import Terms, current_terms
from search.upkeep.models import IndexChange

Scope = IndexChange.Scope
# Entries hold levels as numbers: the term behind a number is found by its facts, not by a row that points to it.
_INDIRECT: Final = frozenset({"participation_levels"})


def keys_of(changes: Iterable[tuple[str, str]]) -> set[str]:
    """Translation keys of the entries that pairs of scope and target stand for."""
    targets: dict[str, set[str]] = {}
    for scope, target in changes:
        targets.setdefault(scope, set()).add(target)
    found = set(targets.pop(Scope.ENTRY, ()))
    for scope, named in targets.items():
        found |= _keys(_SCOPES[Scope(scope)](named))
    return found


def _keys(pages: QuerySet[EntryPage]) -> set[str]:
    return {str(key) for key in pages.order_by().values_list("translation_key", flat=True)}


def _subtree(targets: Collection[str]) -> QuerySet[EntryPage]:
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = Page.objects.filter(pk__in=targets).annotate(asked=path).filter(asked__startswith=F("path"))
    return EntryPage.objects.filter(Exists(above.order_by()))


def _terms(targets: Collection[str]) -> QuerySet[EntryPage]:
    terms = current_terms()
    changed = {int(target) for target in targets}
    if any(terms.rows[pk].vocabulary in _INDIRECT for pk in changed if pk in terms.rows):
        return _all(())
    ids = [pk for pk in terms.rows if not changed.isdisjoint(_behind(terms, pk))]
    organisations = Organisation.objects.filter(type_id__in=ids).values("pk")
    return EntryPage.objects.filter(
        Q(pk__in=EntryTerm.objects.filter(term_id__in=ids).values("entry_id"))
        | Q(pk__in=StageLevel.objects.filter(stage_id__in=ids).values("entry_id"))
        | Q(pk__in=OfficialUse.objects.filter(use_id__in=ids).values("entry_id"))
        | _with_organisations(organisations)
    )


def _behind(terms: Terms, pk: int) -> set[int]:
    """Every term of which an entry that chose this one shows something: its successors, and all above the last."""
    found = {pk}
    row = terms.rows[pk]
    while row.successor_id is not None and row.successor_id not in found:
        row = terms.rows[row.successor_id]
        found.add(row.id)
    return found | {above.id for above in terms.ancestors(row.id)}


def _organisations(targets: Collection[str]) -> QuerySet[EntryPage]:
    return EntryPage.objects.filter(_with_organisations(Organisation.objects.filter(pk__in=targets).values("pk")))


def _with_organisations(organisations: QuerySet[Organisation, Any]) -> Q:
    return (
        Q(casestudypage__lead_organisation__in=organisations)
        | Q(methodpage__owner_organisation__in=organisations)
        | Q(pk__in=Partnership.objects.filter(organisation__in=organisations).values("entry_id"))
    )


def _teams(targets: Collection[str]) -> QuerySet[EntryPage]:
    return EntryPage.objects.filter(team_id__in=targets)


def _pictures(targets: Collection[str]) -> QuerySet[EntryPage]:
    return EntryPage.objects.filter(cover_id__in=targets)


def _tags(targets: Collection[str]) -> QuerySet[EntryPage]:
    return EntryPage.objects.filter(pk__in=EntryTag.objects.filter(tag_id__in=targets).values("content_object_id"))


def _all(_targets: Collection[str]) -> QuerySet[EntryPage]:
    return EntryPage.objects.filter(original=None, alias_of=None, live=True)


_SCOPES: Final[Mapping[Scope, Callable[[Collection[str]], QuerySet[EntryPage]]]] = {
    Scope.SUBTREE: _subtree,
    Scope.TERM: _terms,
    Scope.ORGANISATION: _organisations,
    Scope.TEAM: _teams,
    Scope.PICTURE: _pictures,
    Scope.TAG: _tags,
    Scope.ALL: _all,
}
