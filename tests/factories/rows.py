"""Child rows and fields of entries filled with texts that occur nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import models

from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField

from cases.gates import REQUIRED_STAGES
from cases.models import Attachment, EntryPage, MethodPage, Organisation, Tag, Term
from cases.term_fields import fields_of
from cases.terms import current_terms
from core.fields import StreamField, TextListField
from core.models import File, Picture
from tests.factories.entries import make_organisation
from tests.factories.files import make_file, make_picture

CHECKED = {
    "targets": ["4.1"], "indicators": ["4.1.1"], "possible_indicators": ["16.7.2"], "provisions": ["crpd:31"],
}  # fmt: skip
NUMBERS = {"start_year": 1951, "end_year": 2043, "sample_size": 123457, "score": 3, "level": 4, "year": 1987}
VOCABULARIES = {
    "role": "partner_roles", "use": "official_use", "dimension": "quality_dimensions", "stage": "value_chain_stages",
    "kind": "attachment_kinds", "access_level": "sensitivity_levels", "licence": "licences",
}  # fmt: skip


def own_fields(entry_class: type[EntryPage]) -> list[models.Field[Any, Any]]:
    """The columns that an entry has beyond those of every page."""
    return [
        field
        for field in entry_class._meta.concrete_fields
        if field.model._meta.app_label == "cases" and not getattr(field.remote_field, "parent_link", False)
    ]


def value_of(field: models.Field[Any, Any], mark: str) -> Any:
    """A value that holds `mark`, as far as the field's type lets it; `KeyError` for an unknown type."""
    if field.name in CHECKED:
        return CHECKED[field.name]
    if isinstance(field, models.IntegerField):
        return NUMBERS[field.name]
    for kind, make in MAKERS:
        if isinstance(field, kind):
            return make(mark)
    raise KeyError(f"How is {field.model.__name__}.{field.name} filled?")


def story(mark: str) -> list[tuple[str, Any]]:
    """One block of each kind."""
    columns = [{"type": "text", "heading": f"{mark} column"}, {"type": "number", "heading": "n"}]
    table = {"columns": columns, "rows": [{"values": [f"{mark} cell", "7"]}], "caption": f"{mark} table"}
    blocks = {
        "heading": f"{mark} heading",
        "paragraph": f"<p>{mark} paragraph</p>",
        "picture": {"picture": make_picture().pk, "caption": f"{mark} caption"},
        "quote": {"text": f"{mark} quote", "attribution": f"{mark} speaker"},
        "table": table,
        "file": {"file": make_file().pk, "title": f"{mark} file"},
    }
    return [{"type": name, "value": value} for name, value in blocks.items()]  # type: ignore[misc]


MAKERS: tuple[tuple[type, Callable[[str], Any]], ...] = (
    (TextListField, lambda mark: [f"{mark} one", f"{mark} two"]),
    (StreamField, story),
    (RichTextField, lambda mark: f"<p>{mark}</p>"),
    (models.EmailField, lambda mark: f"{mark}@example.org"),
    (models.URLField, lambda mark: f"https://example.org/{mark}"),
    (models.BooleanField, lambda _mark: True),
    (models.CharField, str),
    (models.TextField, str),
)


def fill_rows(entry: EntryPage, number: int = 1) -> list[str]:
    """Give every child relation up to `number` rows; returns the texts that the page has to show."""
    texts: list[str] = []
    for relation in get_all_child_relations(type(entry)):
        name = relation.get_accessor_name()
        if relation.related_model._meta.app_label == "cases" and name not in {"terms", "method_links", "case_links"}:
            rows = [_row(relation.related_model, f"{name}-{n}", n, texts) for n in range(_limit(name, number))]
            setattr(entry, name, rows)
    for field in fields_of(entry.kind):
        terms = current_terms().of(field.vocabulary)[: min(number, field.maximum or number)]
        entry.choose(field.name, terms)
        texts += [str(term.label()) for term in terms]
    return texts


def _limit(name: str, number: int) -> int:
    """How many rows there may be: one for each stage and dimension."""
    if name == "stage_levels":
        return 2 if number == 1 else min(number, 11)  # design and collection are required
    return min(number, 24) if name == "quality_scores" else number


def _row(model: type[models.Model], mark: str, place: int, texts: list[str]) -> models.Model:
    row = model()
    for field in model._meta.concrete_fields:
        if field.primary_key or isinstance(field, ParentalKey) or field.name in {"sort_order", "public_from"}:
            continue
        if isinstance(field, models.ForeignKey):
            target, text = _target(field, mark, place)
            setattr(row, field.name, target)
            texts.append(text)
        else:
            value = value_of(field, f"{mark}-{field.name}")
            setattr(row, field.name, value)
            texts.append(str(value))
    if isinstance(row, Attachment) and current_terms().get(row.access_level_id).code == "embargoed":
        row.public_from = date(2043, 1, 1)
    return row


def _target(field: models.ForeignKey[Any, Any], mark: str, place: int) -> tuple[Any, str]:
    if field.related_model is Term:
        rows = sorted(current_terms().of(VOCABULARIES[field.name]), key=lambda row: row.code not in REQUIRED_STAGES)
        row = rows[place % len(rows)]
        return Term.objects.get(pk=row.id), str(row.label())
    if field.related_model is Organisation:
        return make_organisation(f"Organisation of {mark}"), f"Organisation of {mark}"
    if field.related_model is File:
        file = make_file(name=f"{mark}.csv")
        return file, "CSV"
    if field.related_model is Tag:
        return Tag.objects.get_or_create(name=f"tag of {mark}", defaults={"slug": mark})[0], f"tag of {mark}"
    raise KeyError(f"How is {field.model.__name__}.{field.name} filled?")


def target_of(field: models.ForeignKey[Any, Any], mark: str) -> tuple[Any, str]:
    """An object for a foreign key of an entry itself, and the text by which a page names it."""
    if field.related_model is Organisation:
        return make_organisation(f"Organisation {mark}"), f"Organisation {mark}"
    if field.related_model is Picture:
        picture = make_picture(name=f"{mark}.jpg")
        picture.description = f"alternative text of {mark}"
        picture.save()
        return picture, picture.description
    if field.related_model is File:
        return make_file(name=f"{mark}.csv"), mark
    raise KeyError(f"How is {field.model.__name__}.{field.name} filled?")


def link_methods(case: Any, methods: list[MethodPage]) -> None:
    """Let a case use the methods."""
    link = type(case).method_links.rel.related_model
    case.method_links = [link(method=method) for method in methods]
