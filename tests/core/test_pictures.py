"""A picture with a position loses it, through every door."""

from __future__ import annotations

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from wagtail.models import Collection

import pytest
from PIL import Image

from accounts.models import User
from core.models import Picture
from tests.factories.files import GPS, PLACE, make_picture, picture_bytes

pytestmark = pytest.mark.usefixtures("repository")
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}


def stored(picture: Picture) -> bytes:
    with picture.file.open("rb") as file:
        return bytes(file.read())


def metadata(content: bytes) -> dict[str, object]:
    with Image.open(BytesIO(content)) as image:
        image.load()
        header = image.getexif()
        names = {
            key for key in image.info if key in {"exif", "xmp", "comment", "Location", "XML:com.adobe.xmp", "photoshop"}
        }
        return {"tags": dict(header), "position": dict(header.get_ifd(GPS)), "info": names}


@pytest.mark.parametrize("image_format", FORMATS)
def test_the_file_made_for_these_tests_has_something_to_lose(image_format: str) -> None:
    assert PLACE in picture_bytes(image_format)


@pytest.mark.parametrize("image_format", FORMATS)
def test_an_original_keeps_nothing_but_pixels(image_format: str) -> None:
    picture = make_picture(picture_bytes(image_format), f"field.{FORMATS[image_format]}")
    content = stored(picture)
    assert PLACE not in content
    assert metadata(content) == {"tags": {}, "position": {}, "info": set()}
    with Image.open(BytesIO(content)) as image:
        assert image.format == image_format
        assert image.convert("RGB").getpixel((2, 2))[0] > 200


@pytest.mark.parametrize("spec", ["original", "width-20", "fill-10x10|format-webp", "width-20|format-png"])
def test_renditions_keep_nothing_either(spec: str) -> None:
    rendition = make_picture(picture_bytes("JPEG")).get_rendition(spec)
    with rendition.file.open("rb") as file:
        content = file.read()
    assert PLACE not in content
    assert metadata(content)["position"] == {}


def test_a_turned_picture_stands_upright() -> None:
    picture = make_picture(picture_bytes("JPEG", size=(40, 20), orientation=6))
    assert (picture.width, picture.height) == (20, 40)
    with Image.open(BytesIO(stored(picture))) as image:
        red = image.convert("RGB").getpixel((10, 5))
    assert red[0] > 200
    assert red[1] < 80


def test_size_and_hash_are_those_of_the_stored_file() -> None:
    picture = make_picture()
    assert picture.file_size == len(stored(picture))
    hashed = picture.file_hash
    picture._set_file_hash()
    assert picture.file_hash == hashed


def test_an_untouched_jpeg_is_not_compressed_again() -> None:
    with Image.open(BytesIO(picture_bytes("JPEG"))) as before:
        tables = before.quantization
    with Image.open(BytesIO(stored(make_picture()))) as after:
        assert after.quantization == tables


def test_a_colour_profile_stays() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    output = BytesIO()
    Image.new("RGB", (8, 8)).save(output, "JPEG", icc_profile=profile)
    with Image.open(BytesIO(stored(make_picture(output.getvalue())))) as image:
        assert image.info["icc_profile"] == profile


def test_an_animation_keeps_its_frames() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    output = BytesIO()
    frames[0].save(output, "GIF", save_all=True, append_images=frames[1:], duration=50, comment=PLACE)
    content = stored(make_picture(output.getvalue(), "moving.gif"))
    assert PLACE not in content
    with Image.open(BytesIO(content)) as image:
        assert image.n_frames == 3


@pytest.mark.parametrize(
    "content", [b"<html><script>alert(1)</script></html>", b"", b"\xff\xd8\xff broken", b"BM" + b"0" * 60]
)
def test_what_is_no_picture_is_refused(client: Client, content: bytes) -> None:
    response = upload(client, file=SimpleUploadedFile("field.jpg", content, "image/jpeg"))
    assert "file" in response.context["form"].errors
    assert not Picture.objects.exists()


def test_a_picture_in_a_format_not_allowed_is_refused_by_name() -> None:
    output = BytesIO()
    Image.new("RGB", (8, 8)).save(output, "BMP")
    with pytest.raises(ValidationError, match="Allowed: JPEG, PNG, GIF, WebP"), transaction.atomic():
        make_picture(output.getvalue(), "field.jpg")
    assert not Picture.objects.exists()


def test_a_replaced_file_loses_its_position_too() -> None:
    picture = make_picture()
    picture.file = ContentFile(picture_bytes("PNG"), name="other.png")
    picture.save()
    assert PLACE not in stored(picture)


def upload(client: Client, **changes: object) -> object:
    form = {
        "title": "Field",
        "file": SimpleUploadedFile("field.jpg", picture_bytes(), "image/jpeg"),
        "description": "A field.",
        "credit": "A team",
        "people_consent": "no-people",
        "collection": Collection.get_first_root_node().pk,
        **changes,
    }
    client.force_login(User.objects.create_superuser("admin@example.net"))
    return client.post(reverse("wagtailimages:add"), form)


def test_the_upload_form_removes_the_position(client: Client) -> None:
    response = upload(client)
    assert response.status_code == 302
    assert PLACE not in stored(Picture.objects.get())


@pytest.mark.parametrize("field", ["description", "credit", "people_consent"])
def test_the_upload_form_asks_for_alternative_text_credit_and_consent(client: Client, field: str) -> None:
    response = upload(client, **{field: ""})
    assert field in response.context["form"].errors
    assert not Picture.objects.exists()


def test_the_upload_of_several_pictures_removes_positions_and_asks_the_same(client: Client) -> None:
    client.force_login(User.objects.create_superuser("admin@example.net"))
    response = client.post(
        reverse("wagtailimages:add_multiple"),
        {"files[]": SimpleUploadedFile("field.jpg", picture_bytes(), "image/jpeg")},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    answer = response.json()
    assert answer["success"]
    assert not Picture.objects.exists(), "a picture without alternative text must wait for it"
    number = answer["uploaded_file_id"]
    prefix = (
        f"uploaded-file-{number}" if f"uploaded-file-{number}-title" in answer["form"] else f"uploaded-image-{number}"
    )
    form = {"title": "Field", "description": "A field.", "credit": "A team", "people_consent": "no-people"}
    form["collection"] = str(Collection.get_first_root_node().pk)
    client.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[number]),
        {f"{prefix}-{name}": value for name, value in form.items()},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert PLACE not in stored(Picture.objects.get())
