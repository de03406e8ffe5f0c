"""All child rows of an entry in one SQL, whatever their kinds and number; what they point to in one SQL a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import JSONObject

from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations

from cases.models import EntryPage, MethodPage, Term

Relation = models.ManyToOneRel


def load_rows(entry: EntryPage) -> None:
    """Put the child rows of `entry` into memory; rows that a form or a revision has put there stay as they are.

    At most one SQL for the rows and one for each model they point to (organisations, files, tags). Terms come from
    the snapshot, methods with the other related entries.
    """
    held = entry.__dict__.setdefault("_cluster_related_objects", {})
    missing = {name: relation for name, relation in _relations(type(entry)) if name not in held}
    if entry.pk is not None and missing:
        held.update(_read([entry.pk], missing)[entry.pk])
    names = [name for name, _relation in _relations(type(entry))]
    _attach(row for name in names for row in held.get(name, ()))


def load_rows_of(entries: Sequence[EntryPage]) -> None:
    """The same for many entries of one kind as the database has them: as many SQL as for a single one."""
    if not entries:
        return
    relations = dict(_relations(type(entries[0])))
    found = _read([entry.pk for entry in entries], relations)
    for entry in entries:
        entry.__dict__.setdefault("_cluster_related_objects", {}).update(found[entry.pk])
    _attach(row for rows in found.values() for name in relations for row in rows[name])


def _relations(entry_class: type[EntryPage]) -> Iterator[tuple[str, Relation]]:
    for relation in get_all_child_relations(entry_class):
        if relation.related_model._meta.app_label == "cases":
            yield relation.get_accessor_name(), relation


def _read(entry_pks: Sequence[int], relations: dict[str, Relation]) -> dict[int, dict[str, list[models.Model]]]:
    """Rows by entry and relation, in order."""
    rows: dict[int, dict[str, list[models.Model]]] = {pk: {name: [] for name in relations} for pk in entry_pks}
    first, *others = (_query(entry_pks, name, relation) for name, relation in relations.items())
    for name, values in first.union(*others, all=True):
        relation = relations[name]
        rows[values[relation.field.attname]][name].append(_row(relation.related_model, values))
    for found in (each for by_name in rows.values() for each in by_name.values()):
        found.sort(key=lambda row: (getattr(row, "sort_order", 0), row.pk))
    return rows


def _query(entry_pks: Sequence[int], name: str, relation: Relation) -> QuerySet[Any, tuple[str, dict[str, Any]]]:
    model = relation.related_model
    columns = {field.attname: F(field.attname) for field in model._meta.concrete_fields}
    rows = model._default_manager.filter(**{f"{relation.field.attname}__in": entry_pks}).order_by()
    return rows.values_list(Value(name, output_field=CharField()), JSONObject(**columns))


def _row(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    """Build the row as if it had been read by itself: JSON knows neither dates nor SQLite's booleans."""
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    return model.from_db("default", names, [field.to_python(values[field.attname]) for field in fields])


def _attach(rows: Iterable[models.Model]) -> None:
    """Give each row the objects it points to, so that no template asks for them one by one."""
    wanted: dict[type[models.Model], list[tuple[models.Model, Any]]] = {}
    for row in rows:
        for field in _pointers(type(row)):
            if getattr(row, field.attname) is not None and not field.is_cached(row):
                wanted.setdefault(field.related_model, []).append((row, field))
    for model, places in wanted.items():
        found = model._default_manager.in_bulk({getattr(row, field.attname) for row, field in places})
        for row, field in places:
            if (target := found.get(getattr(row, field.attname))) is not None:
                field.set_cached_value(row, target)


def _pointers(model: type[models.Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        is_pointer = isinstance(field, models.ForeignKey) and not isinstance(field, ParentalKey)
        if is_pointer and field.related_model not in {Term, MethodPage}:
            yield field
