"""Rows that every entry may have: terms, levels by stage, files, sources, tags."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase

from cases.models.children import EntryChild, RepairedRow
from cases.models.terms import Term
from cases.term_fields import TERM_FIELDS
from cases.terms import current_terms
from core.models import File

LEVELS = (1, 5)


class EntryTerm(EntryChild):
    """One chosen term of an entry, whatever the vocabulary; `field` is a name of `cases.term_fields.TERM_FIELDS`."""

    entry = ParentalKey("cases.EntryPage", on_delete=models.CASCADE, related_name="terms")
    field = models.CharField(max_length=40, choices=[(f.name, f.label) for f in TERM_FIELDS.values()])
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="entry_terms")

    class Meta(EntryChild.Meta):
        constraints = [models.UniqueConstraint(fields=["entry", "field", "term"], name="entry_term_once")]
        indexes = [models.Index(fields=["term", "field"])]

    def __str__(self) -> str:
        return f"{self.field}: {self.term_id}"


class StageLevel(EntryChild):
    """Level of participation reached at one stage of the data value chain; methods cover stages without a level."""

    entry = ParentalKey("cases.EntryPage", on_delete=models.CASCADE, related_name="stage_levels")
    stage = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(
        null=True, validators=[MinValueValidator(LEVELS[0]), MaxValueValidator(LEVELS[1])]
    )

    class Meta(EntryChild.Meta):
        constraints = [
            models.UniqueConstraint(fields=["entry", "stage"], name="entry_stage_once"),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__range=LEVELS), name="stage_level_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage_id}: {self.level}"


class Attachment(EntryChild):
    """A file that comes with an entry; its own access level is enforced when it is served."""

    entry = ParentalKey("cases.EntryPage", on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(File, verbose_name=_("file"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True, help_text=_("For data: variables, period, format."))
    kind = models.ForeignKey(
        Term,
        verbose_name=_("kind"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "attachment_kinds"},
    )
    access_level = models.ForeignKey(
        Term,
        verbose_name=_("access"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "sensitivity_levels"},
    )
    licence = models.ForeignKey(
        Term,
        verbose_name=_("licence"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "licences"},
    )
    public_from = models.DateField(
        _("public from"), null=True, blank=True, help_text=_("Only for embargoed files: the first public day (UTC).")
    )

    class Meta(EntryChild.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """An embargo without a date would never end."""
        level = current_terms().get(self.access_level_id).code if self.access_level_id else ""
        if level == "embargoed" and self.public_from is None:
            raise ValidationError({"public_from": _("Give the first public day of an embargoed file.")})


class Tag(TagBase):
    """A free keyword; tags that differ only in case are one."""

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")


class EntryTagManager(models.Manager["EntryTag"]):
    """Reads keywords with their names: every reader wants those."""

    def get_queryset(self) -> models.QuerySet[EntryTag]:
        """Join the tags."""
        return super().get_queryset().select_related("tag")


class EntryTag(RepairedRow, ItemBase):
    """One keyword of one entry."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="entry_tags")
    content_object = ParentalKey("cases.EntryPage", on_delete=models.CASCADE, related_name="tagged_items")

    objects = EntryTagManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="entry_tag_once")]


class Source(EntryChild):
    """A public document on which the entry rests."""

    entry = ParentalKey("cases.EntryPage", on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1800), MaxValueValidator(2100)]
    )
    link = models.URLField(_("link"), blank=True, max_length=500)

    class Meta(EntryChild.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.title
