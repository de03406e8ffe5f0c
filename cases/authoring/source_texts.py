"""Texts of an original as a translator reads them beside the fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe

from wagtail.fields import RichTextField
from wagtail.rich_text import expand_db_html

from cases.gates import is_blank
from cases.reading.texts import direction

if TYPE_CHECKING:
    from cases.models import EntryPage


@dataclass(frozen=True, slots=True)
class SourceText:
    """One text with the language it is in."""

    html: SafeString
    language: str
    language_name: str

    @property
    def direction(self) -> str:
        """Of its script."""
        return direction(self.language)


def original_text(source: EntryPage, name: str) -> SourceText | None:
    """The text of a field as safe HTML; None where there is nothing to translate."""
    value = getattr(source, name, None)
    if not isinstance(value, str) or is_blank(value):
        return None
    is_rich = isinstance(source._meta.get_field(name), RichTextField)
    html = expand_db_html(value) if is_rich else linebreaks(value, autoescape=True)
    return SourceText(mark_safe(html), source.locale.language_code, str(source.locale.get_display_name()))
