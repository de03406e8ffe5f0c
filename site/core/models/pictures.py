"""Pictures with their alternative text, credit and consent."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)
from wagtail.utils.file import hash_filelike

from core.pictures import only_pixels


class BareImageFieldFile(WagtailImageFieldFile):
    """The narrowest door: whatever stores a picture file comes through here, forms, uploads of many, importers."""

    def save(self, name: str, content: File, save: bool = True) -> None:  # type: ignore[type-arg]
        """Store the pixels only, and note the size and hash of what is stored. Raises `ValidationError`."""
        bare = only_pixels(content, name)
        self.instance.file_size = bare.size
        self.instance.file_hash = hash_filelike(bare)
        super().save(bare.name, bare, save=save)


class BareImageField(WagtailImageField):
    """An image field that stores nothing but pixels."""

    attr_class = BareImageFieldFile


class Picture(AbstractImage):
    """A picture whose file holds no position and no other metadata, through whatever door it came."""

    class Consent(models.TextChoices):
        """What is known about the people shown."""

        NO_PEOPLE = "no-people", _("No people are shown")
        NOT_RECOGNISABLE = "not-recognisable", _("People are shown, but nobody can be recognised")
        RECORDED = "consent-recorded", _("The people shown agreed, and the record is kept")
        UNKNOWN = "consent-unknown", _("Not known: the picture cannot be published")

    file = BareImageField(_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
    description = models.CharField(
        _("alternative text"),
        max_length=255,
        help_text=_("What the picture shows and why it is here, for people who cannot see it. No “picture of”."),
    )
    credit = models.CharField(
        _("credit"), max_length=255, help_text=_("Who made the picture and under which licence it may be used.")
    )
    people_consent = models.CharField(_("people shown"), max_length=20, choices=Consent.choices)
    consent_note = models.CharField(
        _("note on consent"),
        max_length=255,
        blank=True,
        help_text=_("Where the record is kept. Seen in the admin only; never a person's name."),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "people_consent",
        "consent_note",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        indexes = [models.Index(fields=["file"], name="picture_file")]  # how the serving view finds the owner

    def clean(self) -> None:
        """Say what is wrong with a new file where the form can show it."""
        super().clean()
        if self.file and not self.file._committed:
            try:
                only_pixels(self.file.file, self.file.name)
            except ValidationError as error:
                raise ValidationError({"file": error}) from error


class PictureRendition(AbstractRendition):
    """One size of a picture; made from a bare original, so bare itself."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]
        indexes = [models.Index(fields=["file"], name="rendition_file")]

    def __str__(self) -> str:
        return f"{self.image_id}: {self.filter_spec}"
