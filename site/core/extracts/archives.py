"""Zip archives: each member is read as the file it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from core.extracts.packages import Package
from core.extracts.parts import Mark, Part, RefusalError, Source
from core.extracts.reading import extract

LITTER: Final = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def read(source: Source) -> Iterator[Part]:
    """All members; one that cannot be read is named, and the others are read all the same."""
    package = Package(source.content, source.budget)
    for info in package.infos():
        path = PurePosixPath(info.filename)
        if info.filename.startswith(LITTER) or path.name in LITTER:
            continue
        step = ("member", info.filename)
        try:
            yield from extract(source.inside(package.read(info), path.suffix, step))
        except RefusalError as refusal:
            yield Mark("unreadable", source.at(step), refusal.code)
            if refusal.code in {"too-large", "too-many"}:
                return
