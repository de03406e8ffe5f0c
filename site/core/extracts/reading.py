"""Chooses who reads a file, by its ending; whatever goes wrong becomes a mark."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Callable, Iterator
from typing import Final
from xml.etree.ElementTree import ParseError

from core.extracts.parts import Mark, Part, RefusalError, Source

Reader = Callable[[Source], Iterator[Part]]
PLAIN: Final = frozenset({".txt", ".csv", ".tsv", ".json", ".geojson", ".md"})
PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff", ".heic", ".heif"})
WITHOUT_CONTENT: Final = frozenset({".emf", ".wmf", ".svg", ".bin", ".rels", ".xml", ".fntdata", ".odttf", ".ds_store"})
"""Packed in office files: drawings, fonts, settings."""


def extract(source: Source) -> Iterator[Part]:
    """Everything that can be read of a file, then a mark for what cannot."""
    if len(source.content) > source.budget.limits.size:
        yield _unread(source, "too-large")
        return
    try:
        yield from _reader(source.suffix)(source)
    except RefusalError as refusal:
        yield _unread(source, refusal.code)
    except MemoryError:
        yield _unread(source, "too-large")
    except (zipfile.BadZipFile, ParseError, EOFError, OSError, ValueError, KeyError, IndexError, TypeError) as error:
        logging.getLogger(__name__).info("A file could not be read: %s", type(error).__name__)
        yield _unread(source, "damaged")
    except Exception as error:  # noqa: BLE001 - libraries that read hostile files raise whatever they meet
        logging.getLogger(__name__).info("A file could not be read: %s", type(error).__name__)
        yield _unread(source, "damaged")


def _unread(source: Source, code: str) -> Mark:
    return Mark("unreadable", source.where, code)


def _reader(suffix: str) -> Reader:
    """Late imports: a text file needs none of the libraries."""
    if suffix in PLAIN:
        from core.extracts.plain import read

        return read
    if suffix in PICTURES:
        from core.extracts.pictures import read

        return read
    if suffix == ".pdf":
        from core.extracts.pdf import read

        return read
    if suffix in {".docx", ".pptx", ".xlsx"}:
        from core.extracts.office import read

        return read
    if suffix in {".odt", ".ods", ".odp"}:
        from core.extracts.opendocument import read

        return read
    if suffix == ".zip":
        from core.extracts.archives import read

        return read
    raise RefusalError("format")
