"""All texts of an entry as it stands in memory, each with the form field where it is mended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from django.db import models

from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StructValue
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.fields import RichTextField
from wagtail.rich_text import RichText

from core.fields import StreamField, TextListField
from core.text import plain

Where = tuple[tuple[str, str], ...]
"""A place below a field: pairs of a word that `places.describe` knows and a value."""

OF_THE_PAGE: Final = ("title", "slug", "seo_title", "search_description")
HREF: Final = re.compile(r"\bhref=\"([^\"]+)\"")
PLAIN_FIELDS: Final = (models.CharField, models.TextField)


@dataclass(frozen=True, slots=True)
class Text:
    """One text and where it stands."""

    field: str
    where: Where
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a story: headings and rows, for checks that look at columns."""

    field: str
    where: Where
    rows: list[list[str]]


def texts(entry: Any) -> Iterator[Text]:
    """Every text of the entry: its fields, its child rows, its story, its keywords."""
    for field in entry._meta.get_fields():
        if _is_own(field):
            yield from _of_field(entry, field, field.name, ())
    for relation in get_all_child_relations(type(entry)):
        if relation.related_model._meta.app_label == "cases":
            yield from _of_rows(entry, relation)


def tables(entry: Any) -> Iterator[Table]:
    """Tables of the story."""
    for place, block in enumerate(entry.story, start=1):
        if isinstance(block.value, TypedTable):
            heads = [str(column["heading"]) for column in block.value.columns]
            cells = [["" if cell.value is None else str(cell.value) for cell in row] for row in block.value.rows]
            yield Table("story", (("block", str(place)),), [heads, *cells])


def readable(html: str) -> str:
    """What a reader of rich text can see or follow: its text, and the addresses of its links."""
    links = " ".join(unescape(link) for link in HREF.findall(html))
    return f"{plain(html)} {links}".strip()


def _is_own(field: Any) -> bool:
    if not isinstance(field, models.Field) or getattr(field, "choices", None) or field.is_relation:
        return False
    if field.name in OF_THE_PAGE:
        return True
    return bool(field.editable and field.model._meta.app_label == "cases")


def _of_rows(entry: Any, relation: Any) -> Iterator[Text]:
    name = relation.get_accessor_name()
    for number, row in enumerate(getattr(entry, name).get_object_list(), start=1):
        if name == "tagged_items":
            yield Text("tags", (), str(row.tag))
            continue
        for field in row._meta.concrete_fields:
            if not isinstance(field, ParentalKey) and not field.is_relation and not field.choices:
                yield from _of_field(row, field, name, (("row", str(number)),))


def _of_field(owner: Any, field: Any, name: str, where: Where) -> Iterator[Text]:
    value = getattr(owner, field.attname)
    if isinstance(field, StreamField):
        for place, block in enumerate(value, start=1):
            for text in _of_block(block.value):
                yield Text(name, (("block", str(place)),), text)
    elif isinstance(field, RichTextField):
        yield from _filled(name, where, [readable(value or "")])
    elif isinstance(field, TextListField):
        yield from _filled(name, where, (str(line) for line in value or ()))
    elif isinstance(field, PLAIN_FIELDS):
        written = str(value or "")
        yield from _filled(name, where, [written.replace("-", " ") if field.name == "slug" else written])


def _filled(name: str, where: Where, found: Iterable[str]) -> Iterator[Text]:
    yield from (Text(name, where, text) for text in found if text.strip())


def _of_block(value: Any) -> Iterator[str]:
    """The texts of a block's value; choosers have none of their own."""
    if isinstance(value, RichText):
        yield readable(value.source)
    elif isinstance(value, TypedTable):
        yield value.caption or ""
        yield from (str(column["heading"]) for column in value.columns)
        yield from (str(cell.value) for row in value.rows for cell in row if cell.value is not None)
    elif isinstance(value, StructValue):
        for part in value.values():
            yield from _of_block(part)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _of_block(part)
