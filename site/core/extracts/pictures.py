"""What a picture's file carries besides its pixels: position, names of people, texts.

Sources: Exif 2.32 (GPS IFD, Artist, CameraOwnerName, serial numbers, UserComment), IPTC Photo Metadata 2023 and XMP
(PersonInImage, Location, creator, mwg-rs regions with names of faces).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageFile, IptcImagePlugin

from core.extracts.parts import Mark, Part, RefusalError, Source

GPS_IFD, EXIF_IFD = 0x8825, 0x8769
PERSONAL_TAGS: Final = {0x013B: "artist", 0x9C9D: "author"}
PERSONAL_EXIF: Final = {0xA430: "owner", 0xA431: "serial-number", 0x9286: "comment", 0xA435: "serial-number"}
IPTC: Final = {
    (2, 80): "creator", (2, 90): "place", (2, 92): "place", (2, 118): "contact", (2, 120): "comment",
    (2, 122): "author",
}  # fmt: skip
XMP: Final = re.compile(
    rb"(PersonInImage|PersonDisplayName|mwg-rs:Name|GPSLatitude|GPSLongitude|dc:creator|photoshop:City|Iptc4xmpCore:Location"
    rb"|CreatorContactInfo|OwnerName)"
)
GPS_WORDS: Final = frozenset({b"GPSLatitude", b"GPSLongitude"})


def read(source: Source) -> Iterator[Part]:
    """A mark for each kind of thing that the file tells."""
    Image.MAX_IMAGE_PIXELS = None  # only headers are read: no pixel is unpacked
    try:
        with Image.open(BytesIO(source.content)) as picture:
            found = dict.fromkeys(_found(picture, source.content))
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        if source.suffix in {".heic", ".heif"}:
            raise RefusalError("format") from error
        raise RefusalError("damaged") from error
    for name in found:
        yield Mark("picture", source.at(("header", name)), name)


def _found(picture: ImageFile.ImageFile, content: bytes) -> Iterator[str]:
    header = picture.getexif()
    if any(header.get_ifd(GPS_IFD).get(tag) for tag in (2, 4)):
        yield "position"
    yield from (name for tag, name in PERSONAL_TAGS.items() if _is_filled(header.get(tag)))
    inner = header.get_ifd(EXIF_IFD)
    yield from (name for tag, name in PERSONAL_EXIF.items() if _is_filled(inner.get(tag)))
    iptc = IptcImagePlugin.getiptcinfo(picture) if picture.format in {"JPEG", "TIFF"} else None
    yield from (name for tag, name in IPTC.items() if _is_filled((iptc or {}).get(tag)))
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    packet = packet.encode() if isinstance(packet, str) else packet
    for word in dict.fromkeys(XMP.findall(packet or _packet(content))):
        yield "position" if word in GPS_WORDS else "person"


def _packet(content: bytes) -> bytes:
    start = content.find(b"<x:xmpmeta")
    return content[start : content.find(b"</x:xmpmeta>", start)] if start >= 0 else b""


def _is_filled(value: Any) -> bool:
    if isinstance(value, bytes):
        value = value.removeprefix(b"ASCII\0\0\0").removeprefix(b"UNICODE\0").strip(b"\0 ")
    return bool(value.strip("\0 ") if isinstance(value, str) else value)
