"""What entries are marked with: child rows read for many entries at once, one SQL a table however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from cases.models import EntryTag, EntryTerm, OfficialUse, Partnership, StageLevel

# Longer lists of ids cost more than reading the whole table.
MAX_IDS = 500


@dataclass(slots=True)
class Marks:
    """The rows of one entry; numbers are primary keys of terms."""

    terms: list[tuple[str, int]] = field(default_factory=list)
    stages: list[tuple[int, int | None]] = field(default_factory=list)
    uses: list[int] = field(default_factory=list)
    partners: list[tuple[int, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def read_marks(ids: Collection[int]) -> dict[int, Marks]:
    """Marks by entry for these originals: five SQL."""
    marks: dict[int, Marks] = defaultdict(Marks)
    for entry, name, term in _rows(EntryTerm.objects.all(), "entry_id", ids, "field", "term_id"):
        marks[entry].terms.append((name, term))
    for entry, stage, level in _rows(StageLevel.objects.all(), "entry_id", ids, "stage_id", "level"):
        marks[entry].stages.append((stage, level))
    for entry, use in _rows(OfficialUse.objects.all(), "entry_id", ids, "use_id"):
        marks[entry].uses.append(use)
    partners = _rows(Partnership.objects.all(), "entry_id", ids, "organisation__type_id", "organisation__search_name")
    for entry, kind, name in partners:
        marks[entry].partners.append((kind, name))
    for entry, tag in _rows(EntryTag.objects.order_by("tag_id"), "content_object_id", ids, "tag__name"):
        marks[entry].tags.append(tag)
    return marks


def _rows(rows: QuerySet[Any], entry: str, ids: Collection[int], *names: str) -> list[tuple[Any, ...]]:
    if len(ids) <= MAX_IDS:
        rows = rows.filter(**{f"{entry}__in": ids})
    return list(rows.values_list(entry, *names))
