"""Merging: one term takes over from another in every live row, whichever model the row is of.

Revisions and files of import keep the old code; `cases.terms.resolve` follows the successor when they are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models.terms import Term
from cases.signals import term_merged
from cases.vocabularies.changes import move_term
from cases.vocabularies.errors import TermChangeError


@dataclass(frozen=True, slots=True)
class Reference:
    """One foreign key, of any model, that points to terms."""

    model: type[models.Model]
    field: str

    @property
    def label(self) -> str:
        """App, model and field: the key of counts."""
        return f"{self.model._meta.label}.{self.field}"

    @property
    def title(self) -> str:
        """What an editor reads: the model's plural name and the field's name."""
        return f"{self.model._meta.verbose_name_plural}: {_field(self.model, self.field).verbose_name}"

    def rows(self, term: Term) -> models.QuerySet[Any]:
        """The rows that point to `term`."""
        return self.model._base_manager.filter(**{self.field: term})

    def duplicates(self, source: Term, into: Term) -> models.QuerySet[Any]:
        """The rows of `source` that would repeat a row of `into` under a unique constraint."""
        repeated = Q(pk__in=[])
        for others, condition in _unique_sets(self.model, self.field):
            kept = self.rows(into).filter(condition, **{name: OuterRef(name) for name in others})
            repeated |= condition & Q(Exists(kept))
        return self.rows(source).filter(repeated)


@dataclass(frozen=True, slots=True)
class MergeCounts:
    """Rows that a merge rewrites, and rows it drops because the target has the same; both by `Reference.label`."""

    rewritten: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)


def references() -> list[Reference]:
    """Every foreign key to terms but the tree's own `parent` and `successor`, by label."""
    found = (
        Reference(relation.related_model, relation.field.name)
        for relation in Term._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel) and relation.related_model is not Term
    )
    return sorted(found, key=lambda reference: reference.label)


def usage(term: Term) -> dict[Reference, int]:
    """How many rows point to the term, by reference; references without rows are left out. One SQL a reference."""
    counts = {reference: reference.rows(term).count() for reference in references()}
    return {reference: count for reference, count in counts.items() if count}


def plan_merge(source: Term, into: Term) -> MergeCounts:
    """What `merge_terms` would do. Raises `TermChangeError` if it would be refused."""
    _check(source, into)
    plan = MergeCounts()
    for reference in references():
        dropped = reference.duplicates(source, into).count()
        _note(plan, reference.label, reference.rows(source).count() - dropped, dropped)
    _note(plan, "cases.Term.parent", Term.objects.filter(parent=source).count(), 0)
    return plan


def merge_terms(source: Term, into: Term) -> MergeCounts:
    """Retire `source` with `into` as its successor and rewrite all live rows, in one transaction.

    Where a row of `into` says the same already (a unique constraint), it is kept and the row of `source` dropped.
    Raises `TermChangeError` for another vocabulary, the same term, a retired target, and a circle of successors.
    """
    with transaction.atomic():
        locked = {term.pk: term for term in Term.objects.select_for_update().filter(pk__in=[source.pk, into.pk])}
        _check(locked[source.pk], locked[into.pk])
        counts = MergeCounts()
        for reference in references():
            _note(counts, reference.label, *_rewrite(reference, source, into))
        _note(counts, "cases.Term.parent", _move_children(source, into), 0)
        source.retired_at = source.retired_at or timezone.now()
        source.successor = into
        source.save(update_fields=["retired_at", "successor"])
        term_merged.send(sender=Term, source=source, into=into, counts=counts)
    return counts


def _check(source: Term, into: Term) -> None:
    if source.vocabulary != into.vocabulary:
        message = _("Terms are merged within one vocabulary: “%(source)s” is in %(one)s, “%(into)s” in %(other)s.")
        names = {"source": source, "one": source.vocabulary, "into": into, "other": into.vocabulary}
        raise TermChangeError(message % names)
    if into.pk in {source.pk, *_chain(source)} or source.pk in _chain(into):
        message = _("“%(source)s” and “%(into)s” already stand for the same term: merging them would go in a circle.")
        raise TermChangeError(message % {"source": source, "into": into})
    if into.retired:
        message = _("“%(into)s” is retired. Choose a term that is in use, or bring it back first.")
        raise TermChangeError(message % {"into": into})


def _chain(term: Term) -> set[int]:
    """The primary keys of the successors of `term`."""
    successors = dict(Term.objects.exclude(successor=None).values_list("pk", "successor_id"))
    found: set[int] = set()
    following = successors.get(term.pk)
    while following is not None and following not in found:
        found.add(following)
        following = successors.get(following)
    return found


def _rewrite(reference: Reference, source: Term, into: Term) -> tuple[int, int]:
    """Return how many rows were rewritten, and how many dropped."""
    repeated = list(reference.duplicates(source, into).values_list("pk", flat=True))
    if repeated:
        reference.model._base_manager.filter(pk__in=repeated).delete()
    return reference.rows(source).update(**{reference.field: into}), len(repeated)


def _move_children(source: Term, into: Term) -> int:
    children = list(Term.objects.filter(parent=source))
    for child in children:
        move_term(child, into)
    return len(children)


def _note(counts: MergeCounts, label: str, rewritten: int, dropped: int) -> None:
    if rewritten:
        counts.rewritten[label] = rewritten
    if dropped:
        counts.dropped[label] = dropped


def _field(model: type[models.Model], name: str) -> models.ForeignKey[Any, Any]:
    return cast("models.ForeignKey[Any, Any]", model._meta.get_field(name))


def _unique_sets(model: type[models.Model], name: str) -> Iterator[tuple[list[str], Q]]:
    """Yield, for each unique constraint with the field, the other fields and the condition under which it holds."""
    if _field(model, name).unique:
        yield [], Q()
    for fields in model._meta.unique_together:
        if name in fields:
            yield [other for other in fields if other != name], Q()
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and name in constraint.fields:
            yield [other for other in constraint.fields if other != name], constraint.condition or Q()
