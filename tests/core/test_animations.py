"""Pictures with several frames, and pictures that are too much."""

from __future__ import annotations

from io import BytesIO

from django.core.exceptions import ValidationError

import pytest
from PIL import Image

from core.pictures import only_pixels
from tests.factories.files import PLACE, exif, picture_bytes

TIMES = [50, 200, 700]


def animation(image_format: str, **options: object) -> bytes:
    frames = [Image.new("RGB", (8, 8), (shade, 0, 0)) for shade in (0, 80, 160)]
    output = BytesIO()
    frames[0].save(
        output, image_format, save_all=True, append_images=frames[1:], duration=TIMES, exif=exif().tobytes(), **options
    )
    return output.getvalue()


def bare(content: bytes, name: str) -> Image.Image:
    return Image.open(only_pixels(BytesIO(content), name))


def times(picture: Image.Image) -> list[int]:
    found = []
    for number in range(picture.n_frames):
        picture.seek(number)
        picture.load()
        found.append(round(picture.info["duration"]))
    return found


@pytest.mark.parametrize("image_format", ["GIF", "PNG", "WEBP"])
def test_an_animation_keeps_its_frames_and_their_times(image_format: str) -> None:
    content = animation(image_format)
    assert times(Image.open(BytesIO(content))) == TIMES
    picture = bare(content, f"a.{image_format.lower()}")
    assert times(picture) == TIMES
    assert not picture.getexif()


def test_an_animation_runs_as_often_as_before() -> None:
    assert "loop" not in bare(animation("GIF"), "once.gif").info
    assert bare(animation("GIF", loop=3), "thrice.gif").info["loop"] == 3
    assert bare(animation("GIF", loop=0), "always.gif").info["loop"] == 0


def test_of_two_pictures_in_one_file_the_first_is_kept() -> None:
    output = BytesIO()
    second = Image.new("RGB", (8, 8), "blue")
    Image.new("RGB", (8, 8), "red").save(output, "MPO", save_all=True, append_images=[second], exif=exif().tobytes())
    picture = bare(output.getvalue(), "telephone.jpg")
    assert picture.format == "JPEG"
    assert not picture.getexif()
    assert picture.getpixel((0, 0))[0] > 200


def test_what_follows_the_picture_in_its_file_is_dropped() -> None:
    assert PLACE not in only_pixels(BytesIO(picture_bytes() + PLACE), "tail.jpg").read()


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize("length", [0, 1, 12, 40, 120])
def test_a_file_that_was_cut_off_is_refused(image_format: str, length: int) -> None:
    with pytest.raises(ValidationError, match="no picture that can be used"):
        only_pixels(BytesIO(picture_bytes(image_format, (64, 64))[:length]), "cut.jpg")


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    output = BytesIO()
    Image.new("1", (9000, 9000)).save(output, "PNG")
    with pytest.raises(ValidationError, match="81000000 pixels; at most 64000000"):
        only_pixels(BytesIO(output.getvalue()), "huge.png")


def test_frames_count_towards_the_limit(settings) -> None:
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100
    assert bare(picture_bytes("GIF", (8, 8)), "one.gif").size == (8, 8)
    with pytest.raises(ValidationError, match="192 pixels"):
        only_pixels(BytesIO(animation("GIF")), "three.gif")
