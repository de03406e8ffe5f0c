"""OpenDocument texts, sheets and slides (ISO/IEC 26300): text, tables, comments, changes, authors, what is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from core.extracts.office import SHOWN, authors
from core.extracts.packages import Package, attribute, local, packed
from core.extracts.parts import Mark, Part, RefusalError, Source, Table
from core.extracts.plain import MAX_CELL, pieces

AUTHORS: Final = frozenset({"initial-creator", "creator", "printed-by"})
BREAKS: Final = frozenset({"p", "h", "line-break", "tab", "table-cell", "s"})
CHANGES: Final = frozenset({"insertion", "deletion", "format-change"})
FOLDERS: Final = ("Pictures/", "media/")


def read(source: Source) -> Iterator[Part]:
    """Everything in it."""
    package = Package(source.content, source.budget)
    names = package.names()
    if "META-INF/manifest.xml" in names and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise RefusalError("encrypted")
    root = package.xml("content.xml")
    if "meta.xml" in names:
        yield from authors(source, package.xml("meta.xml"), AUTHORS)
    yield from _annotations(source, root)
    if source.suffix == ".ods":
        yield from _sheets(source, root)
    else:
        yield from pieces(source, source.budget.take(_text(root)))
    if "styles.xml" in names:
        yield from pieces(source, source.budget.take(_text(package.xml("styles.xml"))), ("margin", ""))
    yield from packed(source, package, names, FOLDERS)


def _text(root: Element) -> str:
    parts: list[str] = []
    _collect(root, parts)
    return "".join(parts)


def _collect(element: Element, parts: list[str]) -> None:
    """Text in reading order, without recursion: depth is the sender's choice."""
    stack: list[Element | str] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        if local(item) in BREAKS:
            parts.append(" " if local(item) == "s" else "\n")
        for child in reversed(item):
            if child.tail:
                stack.append(child.tail)
            stack.append(child)
        if item.text:
            parts.append(item.text)


def _annotations(source: Source, root: Element) -> Iterator[Part]:
    found = 0
    for element in root.iter():
        name = local(element)
        if name == "annotation" and found < source.budget.limits.marks:
            found += 1
            yield Mark("comment", source.where, _text(element).strip()[:SHOWN])
        elif name in CHANGES:
            author = next((child.text or "" for child in element.iter() if local(child) == "creator"), "")
            yield Mark("change", source.at(("author", author)), author[:SHOWN])


def _sheets(source: Source, root: Element) -> Iterator[Part]:
    limits = source.budget.limits
    for table in (element for element in root.iter() if local(element) == "table"):
        step = ("sheet", attribute(table, "name"))
        rows: list[list[str]] = []
        is_hidden = False
        for row in (element for element in table.iter() if local(element) == "table-row"):
            is_hidden = is_hidden or attribute(row, "visibility") in {"collapse", "filter"}
            cells = _cells(row, limits.columns)
            if any(cells):
                rows.append(cells)
            if len(rows) >= limits.rows:
                yield Mark("unreadable", source.at(step), "too-long")
                break
        if is_hidden:
            yield Mark("hidden", source.at(step), "rows")
        yield Table(source.at(step), rows)


def _cells(row: Element, columns: int) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if local(cell) not in {"table-cell", "covered-table-cell"}:
            continue
        text = _text(cell).strip()[:MAX_CELL] or attribute(cell, "value")
        repeated = attribute(cell, "number-columns-repeated")
        times = int(repeated) if repeated.isdecimal() else 1
        cells += [text] * min(times, columns - len(cells))
        if len(cells) >= columns:
            break
    return cells
