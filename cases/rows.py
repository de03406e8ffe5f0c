"""Child rows of an entry, replaced as a whole without losing the rows that stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cases.models.entries import EntryPage


def replace_rows(entry: EntryPage, relation: str, rows: Iterable[Mapping[str, Any]], key: str = "") -> None:
    """Make the child rows of `relation` these, in this order; written when the entry is saved.

    A row that was there before is kept, with its primary key, when its value of `key` is the same as that of a new
    one; without a key, when it stands at the same position.
    """
    manager = getattr(entry, relation)
    kept = {getattr(row, key) if key else n: row for n, row in enumerate(manager.get_object_list())}
    new = []
    for position, values in enumerate(rows):
        row = kept.get(values[key] if key else position) or manager.model()
        for name, value in {**values, "sort_order": position}.items():
            setattr(row, name, value)
        new.append(row)
    setattr(entry, relation, new)
