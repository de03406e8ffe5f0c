"""What a picture file may carry: pixels and a colour profile. Position, camera, names and comments are removed."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import PurePath
from typing import IO, Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

SUFFIXES: Final = {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp"}

KEPT_INFO: Final = ("icc_profile", "transparency", "background", "duration", "loop", "gamma")
"""What the pixels need to look as they did; everything else in a file's header goes."""
ORIENTATION: Final = 0x0112
QUALITY: Final = 92


def only_pixels(file: IO[bytes], name: str) -> ContentFile[bytes]:
    """Return the picture without any metadata, turned as its orientation said, in the format it has.

    The name's ending follows the content. Raises `ValidationError` when the content is none of the four formats.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=tuple(SUFFIXES)) as picture:
            _refuse_huge(picture, name)
            image_format = "JPEG" if picture.format == "MPO" else str(picture.format)
            content = _written(picture, image_format)
    except (UnidentifiedImageError, OSError, EOFError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _refusal(name) from error
    return ContentFile(content, name=str(PurePath(name).with_suffix(SUFFIXES[image_format])))


def _written(picture: Image.Image, image_format: str) -> bytes:
    output = BytesIO()
    if getattr(picture, "is_animated", False) and image_format != "JPEG":
        frames = [_bare(frame.copy()) for frame in ImageSequence.Iterator(picture)]
        options = _animation(frames, image_format)
        frames[0].save(output, image_format, save_all=True, append_images=frames[1:], **options)
        return output.getvalue()
    if picture.getexif().get(ORIENTATION, 1) != 1:
        upright = _bare(ImageOps.exif_transpose(picture))
        upright.save(output, image_format, **_options(upright, image_format, as_it_was=False))
    else:
        picture.load()
        as_it_was = picture.format == "JPEG"
        bare = _bare(picture)
        bare.save(output, image_format, **_options(bare, image_format, as_it_was=as_it_was))
    return output.getvalue()


def _bare(picture: Image.Image) -> Image.Image:
    """Leave only what the pixels need; Pillow writes nothing of a header that `info` does not name."""
    picture.info = {key: picture.info[key] for key in KEPT_INFO if key in picture.info}
    picture.getexif().clear()
    return picture


def _options(picture: Image.Image, image_format: str, *, as_it_was: bool) -> dict[str, Any]:
    options: dict[str, Any] = {"icc_profile": picture.info.get("icc_profile")}
    if image_format == "JPEG" and as_it_was:
        return {**options, "quality": "keep", "exif": b"", "comment": b"", "xmp": b""}
    if image_format == "JPEG":
        return {**options, "quality": QUALITY, "exif": b"", "comment": b"", "xmp": b""}
    if image_format == "WEBP":
        return {**options, "quality": QUALITY, "method": 4, "exif": b"", "xmp": b""}
    return options if image_format == "PNG" else {}


def _animation(frames: Sequence[Image.Image], image_format: str) -> dict[str, Any]:
    """Each frame for as long as it was shown, and as often as before: a GIF that says nothing runs once."""
    first = frames[0].info
    options: dict[str, Any] = {"duration": [int(frame.info.get("duration", 100)) for frame in frames]}
    options |= {"loop": first["loop"]} if "loop" in first else {}
    options |= {"disposal": 2} if image_format == "GIF" else {}
    return {**_options(frames[0], image_format, as_it_was=False), **options}


def _refuse_huge(picture: Image.Image, name: str) -> None:
    pixels = picture.width * picture.height * getattr(picture, "n_frames", 1)
    if pixels > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        values = {"name": name, "pixels": pixels, "maximum": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS}
        raise ValidationError(_("“%(name)s” has %(pixels)s pixels; at most %(maximum)s are possible."), params=values)


def _refusal(name: str) -> ValidationError:
    return ValidationError(
        _("“%(name)s” is no picture that can be used here. Allowed: JPEG, PNG, GIF, WebP."), params={"name": name}
    )
