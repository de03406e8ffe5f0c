"""What all child rows of an entry share, and how rows come back from a saved revision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.db import models

from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations, model_from_serializable_data

from cases.models.terms import Term
from cases.terms import current_terms


class RepairedRow(models.Model):
    """A child row whose foreign keys are checked in one go by `repair`, not one query each."""

    class Meta:
        abstract = True

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Self | None:
        """Build the row without a look-up per foreign key: `repair` has looked already."""
        row: Self | None = model_from_serializable_data(cls, data, check_fks=False, strict_fks=strict_fks)
        return row


class EntryChild(RepairedRow):
    """An ordered child row."""

    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)
    sort_order_field = "sort_order"

    class Meta:
        abstract = True
        ordering = ["sort_order", "pk"]


def repair(entry_class: type[models.Model], data: dict[str, Any]) -> dict[str, Any]:
    """Bring the child rows of a serialised revision up to date: merged terms followed, rows of deleted objects dropped.

    `data` is what `serializable_data()` gave. Costs one query per child model with foreign keys other than terms,
    however many rows there are, and one per foreign key that the entry itself sets.
    """
    repaired = dict(data)
    for relation in get_all_child_relations(entry_class):
        model, name = relation.related_model, relation.get_accessor_name()
        if issubclass(model, RepairedRow) and name in data:
            repaired[name] = _repair_rows(model, data[name])
    for field in entry_class._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.name in CONTENT_KEYS and data.get(field.name):
            repaired[field.name] = _existing(data[field.name], field)
    return repaired


CONTENT_KEYS = ("cover", "lead_organisation", "owner_organisation", "consent_record")
"""Foreign keys that a revision may change; all others of an entry are taken from its row."""


def _existing(pk: Any, field: models.ForeignKey[Any, Any]) -> Any:
    """The key, or None when its object is gone: only live rows protect it from deletion, drafts do not."""
    return pk if field.related_model._default_manager.filter(pk=pk).exists() else None


def _repair_rows(model: type[RepairedRow], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for field in _foreign_keys(model):
        if field.related_model is Term:
            rows = [_resolved(row, field.name) for row in rows]
        else:
            rows = _with_existing(rows, field)
    return _distinct(rows, _unique_fields(model))


def _foreign_keys(model: type[RepairedRow]) -> Iterable[models.ForeignKey[Any, Any]]:
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and not isinstance(field, ParentalKey):
            yield field


def _resolved(row: dict[str, Any], name: str) -> dict[str, Any]:
    if row.get(name) is None:
        return row
    return {**row, name: current_terms().resolve(row[name]).id}


def _with_existing(rows: list[dict[str, Any]], field: models.ForeignKey[Any, Any]) -> list[dict[str, Any]]:
    wanted = {row[field.name] for row in rows if row.get(field.name) is not None}
    if not wanted:
        return rows
    found = set(field.related_model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True))
    return [row for row in rows if row.get(field.name) is None or row[field.name] in found]


def _unique_fields(model: type[RepairedRow]) -> tuple[str, ...]:
    constraints = [c for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)]
    return tuple(name for name in constraints[0].fields if name != "entry") if constraints else ()


def _distinct(rows: list[dict[str, Any]], fields: tuple[str, ...]) -> list[dict[str, Any]]:
    if not fields:
        return rows
    first: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        first.setdefault(tuple(row.get(name) for name in fields), row)
    return list(first.values())
