"""A workbook as the package of parts that it is, looked at before anything of it is opened."""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.exchange.problems import ExchangeError, at_most
from cases.sheets.refusals import refuse

PLAIN: Final = gettext_lazy("a plain .xlsx workbook, such as the template")
MOST_PARTS: Final = 500
LARGEST_PART: Final = 200 * 1024 * 1024
LARGEST_STRINGS: Final = 60 * 1024 * 1024
"""Shared texts are the one part that is held in memory."""
LARGEST: Final = 400 * 1024 * 1024
DENSEST: Final = 300
"""Times that a part may be packed: texts reach 30, a file made to fill a disk 1,000."""
SMALL: Final = 1024 * 1024
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
_FORBIDDEN: Final = (
    (re.compile(r"vbaProject\.bin$|/macrosheets/|/dialogsheets/", re.IGNORECASE), gettext_lazy("macros")),
    (re.compile(r"/externalLinks/", re.IGNORECASE), gettext_lazy("links to other workbooks")),
    (re.compile(r"/connections\.xml$|/queryTables/|/model/", re.IGNORECASE), gettext_lazy("connections to other data")),
    (re.compile(r"/embeddings/|/activeX/|/oleObject", re.IGNORECASE), gettext_lazy("embedded objects")),
)
_TYPES: Final = "[Content_Types].xml"
_ENTITIES: Final = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell[ >]")
_WINDOW: Final = 1 << 16
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    OSError,
    ValueError,
    EOFError,
)


def inspect(path: Path, file: str) -> None:
    """Refuse a package that is no plain workbook, or would grow without measure. Raises `ExchangeError`."""
    with path.open("rb") as stream:
        begin = stream.read(len(_OLE))
    if begin == _OLE:
        raise refuse(file, _("is protected by a password, or an old .xls"), PLAIN)
    if not begin.startswith(_ZIP):
        raise refuse(file, _("is no workbook"), PLAIN)
    try:
        with zipfile.ZipFile(path) as package:
            _inspect_parts(package, file)
    except ExchangeError:
        raise
    except _DAMAGE as error:
        raise broken(file) from error
    except RuntimeError as error:  # how zipfile says that a password is needed
        raise refuse(file, _("is protected by a password"), PLAIN) from error


def broken(file: str) -> ExchangeError:
    """The error for a package that is damaged or cut off."""
    return refuse(file, _("is damaged: it is no whole workbook"), PLAIN)


def has_merged_cells(path: Path, part: str) -> bool:
    """Whether a sheet joins cells."""
    with zipfile.ZipFile(path) as package, package.open(part) as stream:
        rest = b""
        while data := stream.read(_WINDOW):
            if _MERGED.search(rest + data):
                return True
            rest = data[-32:]
    return False


def _inspect_parts(package: zipfile.ZipFile, file: str) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS:
        raise refuse(file, _("has %(number)s parts") % {"number": len(parts)}, at_most(MOST_PARTS))
    if len({part.filename for part in parts}) < len(parts):
        raise refuse(file, _("has two parts of one name"), PLAIN)
    for part in parts:
        _inspect_part(part, file)
    if sum(part.file_size for part in parts) > LARGEST:
        raise refuse(file, _("is too large when it is unpacked"), f"≤ {LARGEST // SMALL} MB")
    if _TYPES not in package.namelist():
        raise refuse(file, _("is no workbook"), PLAIN)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with package.open(part) as stream:
                head = stream.read(_WINDOW)
            if _ENTITIES.search(head):
                raise refuse(file, _("declares its own entities in %(part)s") % {"part": part.filename}, PLAIN)
            if part.filename == _TYPES and b"macroEnabled" in head:
                raise refuse(file, _("may hold macros"), PLAIN)


def _inspect_part(part: zipfile.ZipInfo, file: str) -> None:
    name = f" ({part.filename[:80]})"
    for pattern, what in _FORBIDDEN:
        if pattern.search(f"/{part.filename}"):
            raise refuse(file, _("holds %(value)s") % {"value": what} + name, PLAIN)
    if part.flag_bits & 1:
        raise refuse(file, _("is protected by a password"), PLAIN)
    strings = part.filename.lower().endswith("sharedstrings.xml")
    if part.file_size > (LARGEST_STRINGS if strings else LARGEST_PART):
        raise refuse(file, _("is too large when it is unpacked") + name, PLAIN)
    if part.file_size > SMALL and part.file_size > DENSEST * max(part.compress_size, 1):
        raise refuse(file, _("is packed too densely to be opened safely") + name, PLAIN)
