"""One row: from a record to cells by column, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from cases.exchange.problems import Place
from cases.sheets.cells import KEPT, CellError, from_cell, to_cell
from cases.sheets.columns import Column, steps

_EMPTY: Final[Mapping[str, Any]] = {
    "objects": [], "uses": [], "levels": {}, "scores": {}, "basis": {}, "terms": [], "lines": [], "records": [],
}  # fmt: skip


def cells_of(record: Mapping[str, Any], columns: Iterable[Column]) -> list[Any]:
    """The cells of a record, one for each column."""
    return [to_cell(column.leaf, _at(record, column)) for column in columns]


def _at(record: Mapping[str, Any], column: Column) -> Any:
    value: Any = record
    for step in steps(column.path):
        if isinstance(step, int):
            value = value[step - 1] if isinstance(value, list) and len(value) >= step else None
        elif isinstance(value, Mapping):
            value = value.get(step)
        elif step != "use":  # a use without more to say is only its code
            value = None
        if value is None:
            return None
    return value.get("use") if isinstance(value, Mapping) and "use" in value else value


def record_of_row(place: Place, columns: Sequence[Column], cells: Sequence[Any]) -> dict[str, Any]:
    """The record that a row says. What a column may hold and its cell does not is noted at the place.

    A key that has a column is in the record, empty when its cells are: so a sheet can take a value away.
    """
    built = _Built(columns)
    for column, cell in zip(columns, cells, strict=False):
        if isinstance(cell, str) and cell.strip() == KEPT:
            built.keep(column)
            continue
        try:
            value = from_cell(column.leaf, cell)
        except CellError as error:
            place.wrong(column.path, str(error), error.allowed)
            built.keep(column)
        else:
            built.put(column, value)
    return built.record()


class _Built:
    """A record in the making: lists as dicts by position, so that empty places can be left out."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.all = columns
        self.tree: dict[str, Any] = {}
        self.kept: set[str] = set()
        self.columns = {column.top: column for column in columns}

    def keep(self, column: Column) -> None:
        """Say nothing about this value: of a text that stands alone only it, of a list the whole list."""
        alone = not column.above or column.above[0].shape == "translations"
        self.kept.add(column.path if alone else column.top)

    def put(self, column: Column, value: Any) -> None:
        if value is None:
            return
        node: Any = self.tree
        path = steps(column.path)
        for step in path[:-1]:
            node = node.setdefault(step, {})
        node[path[-1]] = value

    def record(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, column in self.columns.items():
            if key in self.kept:
                continue
            outer = column.above[0] if column.above else column.leaf
            value = self.tree.get(key, _EMPTY.get(outer.shape))
            if outer.shape in {"objects", "uses"} and isinstance(value, dict):
                value = [_use(item) if outer.shape == "uses" else item for item in _in_order(value)]
            elif outer.shape == "translations":
                value = {language: self._texts(texts, language) for language, texts in (value or {}).items()}
                if not value:
                    continue
            found[key] = value
        return found

    def _texts(self, texts: dict[str, Any], language: str) -> dict[str, Any]:
        """The texts of a language that has any: those whose cells are empty are taken away."""
        prefix = f"translations.{language}."
        names = {
            column.path.removeprefix(prefix).split("[")[0] for column in self.all if column.path.startswith(prefix)
        }
        found = {}
        for name in sorted(names):
            if f"{prefix}{name}" not in self.kept:
                value = texts.get(name)
                found[name] = _in_order(value) if isinstance(value, dict) else value
        return found


def _in_order(items: Mapping[int, Any]) -> list[Any]:
    return [items[number] for number in sorted(items)]


def _use(item: dict[str, Any]) -> Any:
    return item["use"] if set(item) == {"use"} else item
