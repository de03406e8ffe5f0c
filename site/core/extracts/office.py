"""Word, PowerPoint and Excel (Office Open XML, ISO/IEC 29500): text, comments, changes, authors, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from core.extracts import spreadsheets
from core.extracts.packages import Package, attribute, local, packed
from core.extracts.parts import Mark, Part, RefusalError, Source
from core.extracts.plain import pieces

TEXTS: Final = re.compile(
    r"(?:word/(?:document|header\d*|footer\d*|footnotes|endnotes)|ppt/slides/slide\d+|ppt/notesSlides/notesSlide\d+"
    r"|xl/drawings/drawing\d+)\.xml"
)
COMMENTS: Final = re.compile(
    r"(?:word/comments\w*|ppt/comments/\w+|xl/comments\d*|xl/comments/\w+|xl/threadedComments/\w+)\.xml"
)
BREAKS: Final = frozenset({"p", "br", "tab", "tc", "tr"})
CHANGES: Final = frozenset({"ins", "del", "moveFrom", "moveTo"})
AUTHORS: Final = frozenset({"creator", "lastModifiedBy", "Manager"})
FOLDERS: Final = ("word/media/", "ppt/media/", "xl/media/", "word/embeddings/", "ppt/embeddings/", "xl/embeddings/")
MAIN: Final = {".docx": "word/document.xml", ".pptx": "ppt/presentation.xml", ".xlsx": "xl/workbook.xml"}
SHOWN: Final = 80


def read(source: Source) -> Iterator[Part]:
    """Everything that a reader, or the reader of its XML, would find."""
    package = Package(source.content, source.budget)
    names = package.names()
    if "EncryptedPackage" in names or MAIN[source.suffix] not in names:
        raise RefusalError("encrypted" if "EncryptedPackage" in names else "damaged")
    for name in names:
        if TEXTS.fullmatch(name):
            yield from _text(source, package.xml(name), name)
        elif COMMENTS.fullmatch(name):
            yield from _comments(source, package.xml(name))
        elif name in {"docProps/core.xml", "docProps/app.xml"}:
            yield from authors(source, package.xml(name), AUTHORS)
    if source.suffix == ".xlsx":
        yield from spreadsheets.read(source, package, names)
    yield from packed(source, package, names, FOLDERS)


def authors(source: Source, root: Element, names: frozenset[str]) -> Iterator[Mark]:
    """Who the file says has written it."""
    for element in root.iter():
        if local(element) in names and (element.text or "").strip():
            yield Mark("author", source.at(("property", local(element))), str(element.text).strip()[:SHOWN])


def _text(source: Source, root: Element, name: str) -> Iterator[Part]:
    number = re.sub(r"\D", "", name.rpartition("/")[2])
    steps = (("slide", number),) if name.startswith("ppt/") else ()
    yield from pieces(source, source.budget.take("".join(_letters(root))), *steps)
    if name.startswith("ppt/slides/") and root.get("show") == "0":
        yield Mark("hidden", source.at(*steps), "slide")
    changes = [element for element in root.iter() if local(element) in CHANGES and attribute(element, "author")]
    for author in dict.fromkeys(attribute(element, "author") for element in changes):
        yield Mark("change", source.at(("author", author)), author[:SHOWN])


def _letters(root: Element) -> Iterator[str]:
    """The letters of all runs, also of deleted ones, with a break after each paragraph."""
    for element in root.iter():
        name = local(element)
        if name in {"t", "delText", "instrText"} and element.text:
            yield element.text
        elif name in BREAKS:
            yield "\n"


def _comments(source: Source, root: Element) -> Iterator[Part]:
    texts = [(attribute(element, "author"), "".join(_letters(element)).strip()) for element in _entries(root)]
    for author, text in texts[: source.budget.limits.marks]:
        if text:
            yield Mark("comment", source.at(*((("author", author),) if author else ())), text[:SHOWN])
            yield from pieces(source, source.budget.take(text), ("comment", ""))


def _entries(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if local(element) in {"comment", "cm", "threadedComment"})
