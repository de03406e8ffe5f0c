"""PDF files: text, author, comments, attached files, headers of photographs. `pypdf` reads, without other programs."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import PurePosixPath
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from core.extracts.parts import Mark, Part, RefusalError, Source
from core.extracts.plain import pieces
from core.extracts.reading import extract

SHOWN: Final = 80
MAX_PICTURES: Final = 300


def read(source: Source) -> Iterator[Part]:
    """All pages; a file whose pages are only pictures of text cannot be checked, which is said."""
    reader = PdfReader(BytesIO(source.content), strict=False)
    if reader.is_encrypted and not _opens(reader):
        raise RefusalError("encrypted")
    yield from _authors(source, reader)
    letters = pictures = 0
    for number, page in enumerate(islice(reader.pages, source.budget.limits.pages), start=1):
        step = ("page", str(number))
        text = page.extract_text() or ""
        letters += len(text.strip())
        if text.strip():
            yield from pieces(source, source.budget.take(text), step)
        yield from _notes(source, page, step)
        for found in _photographs(page):
            pictures += 1
            if pictures <= MAX_PICTURES:
                yield from extract(source.inside(found, ".jpg", step))
    yield from _attached(source, reader)
    if not letters:
        raise RefusalError("no-text")
    if len(reader.pages) > source.budget.limits.pages:
        raise RefusalError("too-long")


def _opens(reader: PdfReader) -> bool:
    """Many files are locked with an empty password; one that needs a library for its cipher stays locked."""
    try:
        return bool(reader.decrypt(""))
    except (PyPdfError, ImportError, NotImplementedError):
        return False


def _authors(source: Source, reader: PdfReader) -> Iterator[Mark]:
    metadata = reader.metadata
    if metadata is not None and (metadata.author or "").strip():
        yield Mark("author", source.at(("property", "Author")), str(metadata.author).strip()[:SHOWN])


def _notes(source: Source, page: Any, step: tuple[str, str]) -> Iterator[Part]:
    """Comments, and what was typed into forms."""
    for reference in islice(page.get("/Annots") or (), source.budget.limits.marks):
        note = reference.get_object()
        text = str(note.get("/Contents") or "").strip()
        if text and note.get("/Subtype") != "/Link":
            yield Mark("comment", source.at(step), text[:SHOWN])
            yield from pieces(source, source.budget.take(text), step)
        for value in (note.get("/V"), (note.get("/A") or {}).get("/URI")):
            if isinstance(value, str) and value.strip():
                yield from pieces(source, source.budget.take(value), step)


def _photographs(page: Any) -> Iterator[bytes]:
    """JPEG files as they were put in, headers and all."""
    resources = _resolved(page.get("/Resources")) or {}
    objects = _resolved(resources.get("/XObject")) or {}
    for found in map(_resolved, objects.values()):
        if found.get("/Subtype") == "/Image" and found.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            yield found._data


def _resolved(value: Any) -> Any:
    """What a reference inside the file leads to."""
    return value.get_object() if hasattr(value, "get_object") else value


def _attached(source: Source, reader: PdfReader) -> Iterator[Part]:
    for name, contents in reader.attachments.items():
        for content in contents:
            source.budget.member()
            source.budget.unpack(len(content))
            yield from extract(source.inside(content, PurePosixPath(name).suffix, ("member", name)))
