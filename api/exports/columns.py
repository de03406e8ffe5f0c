"""The columns of tables: the same for every result set, cases and methods side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from api.exports.declared import fields
from cases.exchange.schema import SCHEMAS, Field
from cases.sheets import columns as sheets
from cases.sheets.help import label_of, meaning
from cases.term_fields import Kind
from cases.terms import current_terms
from core.cells import safe_cell

NOT_IN_TABLES: Final = frozenset({"story", "translations"})
"""What no table can hold; JSON does."""
LINES: Final = "\n"
LIST: Final = "; "


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, which is the path of its value in a record, and whose entries can have it."""

    name: str
    leaf: Field
    above: Field | None
    kinds: tuple[Kind, ...]

    @property
    def separator(self) -> str:
        """What stands between several values; nothing where there is one at most. Parts of items keep their places."""
        if (self.above is not None and self.above.shape in {"objects", "uses"}) or self.leaf.shape == "lines":
            return LINES
        return LIST if self.leaf.shape in {"terms", "records"} else ""

    def cell(self, record: Mapping[str, Any]) -> Any:
        """What the cell shows: harmless text, a whole number, or nothing."""
        if record["kind"] not in self.kinds:
            return None
        return _cell(self._value(record), self.separator)

    def label(self) -> str:
        """What the column is called in the active language."""
        return label_of(self._in_sheet)

    def meaning(self) -> str:
        """What is meant, where the label does not say it all."""
        return meaning(self._in_sheet, self.kinds[0])

    @property
    def _in_sheet(self) -> sheets.Column:
        return sheets.Column(self.name, self.leaf, () if self.above is None else (self.above,))

    def _value(self, record: Mapping[str, Any]) -> Any:
        if self.above is None:
            return record.get(self.leaf.key)
        value = record.get(self.above.key)
        if isinstance(value, list):
            return [_part(item, self.leaf.key) for item in value]
        for step in self.name.split(".")[1:]:
            value = value.get(step) if isinstance(value, Mapping) else None
        return value


def columns() -> tuple[Column, ...]:
    """All columns, those of cases first; they follow the vocabularies of stages and dimensions."""
    return _columns(current_terms().version)


@lru_cache(maxsize=2)
def _columns(_version: str) -> tuple[Column, ...]:
    found: dict[str, Column] = {}
    for kind in SCHEMAS:
        for column in _of_kind(kind):
            known = found.get(column.name)
            found[column.name] = replace(known, kinds=(*known.kinds, kind)) if known else column
    return tuple(found.values())


def _of_kind(kind: Kind) -> Iterator[Column]:
    for field in fields(kind):
        if field.key in NOT_IN_TABLES:
            continue
        if field.shape in {"objects", "uses", "object"}:
            for part in field.parts:
                yield Column(f"{field.key}.{part.key}", part, field, (kind,))
        elif field.shape in {"levels", "scores", "basis"}:
            for leaf in sheets.leaves(field, field.key, ()):
                yield Column(leaf.path, leaf.leaf, field, (kind,))
        elif kind == "method" and field.key == "stages":
            # Of a case the same key holds a level for each stage.
            yield Column("stages", field, None, (kind,))
        else:
            yield Column(field.key, field, None, (kind,))


def _part(item: Any, key: str) -> Any:
    """A part of an item; a use without more to say is only its code."""
    if isinstance(item, Mapping):
        return item.get(key)
    return item if key == "use" else None


def _cell(value: Any, separator: str) -> Any:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        texts = ["" if each is None else safe_cell(" ".join(str(each).split())) for each in value]
        return safe_cell(separator.join(texts)) if any(texts) else None
    return safe_cell(str(value)) or None
