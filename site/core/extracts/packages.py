"""Zip files, and the office formats that are one: read member by member, each no further than allowed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from core.extracts.parts import Budget, Part, RefusalError, Source
from core.extracts.reading import PICTURES, extract

ENCRYPTED: Final = 0x1
READ_INSIDE: Final = frozenset({*PICTURES, ".xlsx", ".docx", ".pptx", ".pdf", ".csv", ".ods", ".odt"})
CHUNK: Final = 1_000_000
OFFICE_MAGIC: Final = b"\xd0\xcf\x11\xe0"
"""An OLE container under a modern ending: how Office stores files with a password."""


class Package:
    """The members of a zip file, counted against the budget as they are unpacked."""

    def __init__(self, content: bytes, budget: Budget) -> None:
        if content.startswith(OFFICE_MAGIC):
            raise RefusalError("encrypted")
        self.archive = zipfile.ZipFile(BytesIO(content))
        self.budget = budget
        # `zipfile` unpacks no more of a member than its header says: libraries that open it themselves are safe too.
        if sum(info.file_size for info in self.archive.infolist()) > budget.limits.unpacked:
            raise RefusalError("too-large")

    def infos(self) -> Iterator[zipfile.ZipInfo]:
        """Files, each counted; raises `RefusalError` when there are too many."""
        for info in self.archive.infolist():
            if not info.is_dir():
                self.budget.member()
                yield info

    def names(self) -> list[str]:
        """Names of all members."""
        return [info.filename for info in self.infos()]

    def read(self, info: zipfile.ZipInfo | str) -> bytes:
        """The content of a member; raises `RefusalError` when it is locked or too large, whatever its header says."""
        info = self.archive.getinfo(info) if isinstance(info, str) else info
        if info.flag_bits & ENCRYPTED:
            raise RefusalError("encrypted")
        chunks = []
        with self.archive.open(info) as member:
            while chunk := member.read(CHUNK):
                self.budget.unpack(len(chunk))
                chunks.append(chunk)
        return b"".join(chunks)

    def xml(self, name: str) -> Element:
        """A member as XML without entities; raises `RefusalError` for what is none."""
        try:
            root: Any = fromstring(self.read(name))
        except (ValueError, SyntaxError) as error:
            raise RefusalError("damaged") from error
        return root


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute whatever its namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def packed(source: Source, package: Package, names: list[str], folders: tuple[str, ...]) -> Iterator[Part]:
    """Pictures and whole files that lie in the folders of an office file."""
    for name in names:
        suffix = PurePosixPath(name).suffix.lower()
        if name.startswith(folders) and suffix in READ_INSIDE:
            yield from extract(source.inside(package.read(name), suffix, ("member", PurePosixPath(name).name)))
