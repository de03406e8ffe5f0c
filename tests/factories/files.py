"""Pictures and documents for tests, and what cameras write into picture files."""

from __future__ import annotations

from io import BytesIO
from itertools import count

from django.core.files.base import ContentFile

from wagtail.models import Collection

from PIL import Image, PngImagePlugin

from core.models import File, Picture

_number = count(1)
GPS = 0x8825
ORIENTATION = 0x0112
CAMERA = 0x010F
PLACE = b"secret place"


def exif(orientation: int = 1) -> Image.Exif:
    """A header as a telephone writes it: position, camera, orientation."""
    header = Image.Exif()
    header[CAMERA] = PLACE.decode()
    header[ORIENTATION] = orientation
    header.get_ifd(GPS).update({1: "S", 2: (1.0, 17.0, 31.0), 3: "E", 4: (36.0, 49.0, 1.0)})
    return header


def picture_bytes(image_format: str = "JPEG", size: tuple[int, int] = (40, 20), orientation: int = 1) -> bytes:
    """A small picture, red on its left half, with every kind of metadata its format allows."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    options: dict[str, object] = {}
    if image_format in {"JPEG", "WEBP", "PNG"}:
        options |= {"exif": exif(orientation).tobytes()}
    if image_format == "JPEG":
        options |= {"comment": PLACE, "quality": 90}
    if image_format in {"JPEG", "WEBP"}:
        options |= {"xmp": b"<x:xmpmeta>" + PLACE + b"</x:xmpmeta>"}
    if image_format == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Location", PLACE.decode())
        text.add_itxt("XML:com.adobe.xmp", PLACE.decode())
        options |= {"pnginfo": text}
    if image_format == "GIF":
        options |= {"comment": PLACE}
    output = BytesIO()
    image.save(output, image_format, **options)
    return output.getvalue()


def make_picture(content: bytes | None = None, name: str = "", collection: Collection | None = None) -> Picture:
    """A picture without people, stored."""
    name = name or f"picture-{next(_number)}.jpg"
    return Picture.objects.create(
        title=name,
        file=ContentFile(picture_bytes() if content is None else content, name=name),
        description="A red field beside a white one.",
        credit="Made for a test",
        people_consent=Picture.Consent.NO_PEOPLE,
        collection=collection or Collection.get_first_root_node(),
    )


def make_file(content: bytes = b"a,b\n1,2\n", name: str = "", collection: Collection | None = None) -> File:
    """A document, stored."""
    name = name or f"data-{next(_number)}.csv"
    return File.objects.create(
        title=name, file=ContentFile(content, name=name), collection=collection or Collection.get_first_root_node()
    )
