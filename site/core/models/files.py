"""Documents for download."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.documents.models import AbstractDocument, Document


class File(AbstractDocument):
    """A document; it leaves the site only through `core.files`."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [models.Index(fields=["file"], name="document_file")]  # how the serving view finds the owner

    @property
    def url(self) -> str:
        """Address of the serving view."""
        return str(self.file.url)
