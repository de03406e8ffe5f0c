"""The form of pictures in the admin."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from PIL import UnidentifiedImageError


class PictureFileField(WagtailImageField):
    """Wagtail's field, which lets Pillow's error through when a file only begins like a picture."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except (UnidentifiedImageError, OSError, SyntaxError) as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


class PictureForm(BaseImageForm):
    """Upload and edit form; the form of many uploads at once leaves the file out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureFileField(label=given.label, required=given.required, widget=given.widget)
