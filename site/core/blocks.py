"""Blocks of a story: headings, paragraphs, pictures, quotes, tables, files."""

from __future__ import annotations

from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.admin.compare import BlockComparison, TextDiff
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock, TypedTableBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

PARAGRAPH_FEATURES = ["bold", "italic", "link", "ol", "ul"]


class _WordsComparison(BlockComparison):
    """Compares values in words, where Wagtail would compare the empty text of their HTML."""

    @staticmethod
    def words(value: Any) -> str:
        """The value in words."""
        return "" if value is None else str(value)

    def htmlvalue(self, val: Any) -> str:
        return escape(self.words(val))

    def htmldiff(self) -> str:
        before, after = self.words(self.val_a), self.words(self.val_b)
        if before == after:
            return escape(after)
        told: str = TextDiff([("deletion", before), ("addition", after)]).to_html()
        return told


class _TickComparison(_WordsComparison):
    """Compares ticks."""

    @staticmethod
    def words(value: Any) -> str:
        return gettext("yes") if value else gettext("no")


class TickBlock(blocks.BooleanBlock):
    """A tick that is compared in words."""

    def get_comparison_class(self) -> type[BlockComparison]:
        return _TickComparison


class ChosenPictureBlock(ImageChooserBlock):
    """A picture that is compared by its title."""

    def get_comparison_class(self) -> type[BlockComparison]:
        return _WordsComparison


class PictureBlock(blocks.StructBlock):
    """A picture with its caption; what it shows is told by the picture's own alternative text."""

    picture = ChosenPictureBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=300, required=False)
    decorative = TickBlock(
        label=_("Decoration only"),
        required=False,
        help_text=_(
            "The picture says nothing that the text does not say: it is not read out to people who cannot see."
        ),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "core/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("Quote"), max_length=1000)
    attribution = blocks.CharBlock(
        label=_("Said by"),
        max_length=200,
        required=False,
        help_text=_("A role, such as “a teacher”. A person is named only with their consent."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "core/blocks/quote.html"


class TableBlock(TypedTableBlock):
    """A small table. Its caption and its column headings are required: they are what is read out first."""

    text = blocks.CharBlock(label=_("Text"), required=False)
    number = blocks.DecimalBlock(label=pgettext_lazy("kind of cell", "Number"), required=False)

    def clean(self, table: TypedTable) -> TypedTable:
        """Refuse a table that nobody could follow by ear."""
        cleaned = super().clean(table)
        problems = []
        if not (table.caption or "").strip():
            problems.append(_("Give the table a caption: what it shows, where and when."))
        if not table.columns or not all(column["heading"].strip() for column in table.columns):
            problems.append(_("Give each column a heading."))
        if problems:
            raise TypedTableBlockValidationError(non_block_errors=problems)
        return cleaned

    class Meta:
        icon = "table"
        label = _("Table")
        template = "core/blocks/table.html"


class FileBlock(blocks.StructBlock):
    """A file to download."""

    file = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("Title"), max_length=200)

    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "core/blocks/file.html"


STORY_BLOCKS = [
    (
        "heading",
        blocks.CharBlock(label=_("Heading"), icon="title", max_length=120, template="core/blocks/heading.html"),
    ),
    ("paragraph", blocks.RichTextBlock(label=_("Paragraph"), features=PARAGRAPH_FEATURES)),
    ("picture", PictureBlock()),
    ("quote", QuoteBlock()),
    ("table", TableBlock()),
    ("file", FileBlock()),
]
