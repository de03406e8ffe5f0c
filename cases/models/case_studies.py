"""Case studies: who produced which data, with whom, how well and to what use."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey

from cases.models.children import EntryChild
from cases.models.entries import EntryPage
from cases.models.organisations import Organisation
from cases.models.parts import ConductMixin, EthicsMixin, ScopeMixin, TextMixin, UseMixin
from cases.models.terms import Term
from cases.term_fields import Kind

if TYPE_CHECKING:
    from modelcluster.fields import DeferringRelatedManager

SCORES = (0, 4)


class CaseStudyPage(TextMixin, ScopeMixin, ConductMixin, EthicsMixin, UseMixin, EntryPage):
    """One initiative that makes citizen data or participatory data."""

    kind: ClassVar[Kind] = "case"
    text_fields = ("problem", "approach", "results", "lessons", "limits", "challenges", "sustainability", "advice")

    lead_organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("lead organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_cases",
    )

    is_creatable = True
    template = "cases/case_study_page.html"

    partnerships: DeferringRelatedManager[Partnership]
    official_uses: DeferringRelatedManager[OfficialUse]
    quality_scores: DeferringRelatedManager[QualityScore]
    method_links: DeferringRelatedManager[MethodLink]

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")


class Partnership(EntryChild):
    """An organisation that takes part, in one role."""

    entry = ParentalKey(CaseStudyPage, on_delete=models.CASCADE, related_name="partnerships")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="partnerships"
    )
    role = models.ForeignKey(
        Term,
        verbose_name=_("role"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "partner_roles"},
    )
    note = models.CharField(_("note"), max_length=255, blank=True, help_text=_("What exactly the partner does."))

    class Meta(EntryChild.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.role_id}"


class OfficialUse(EntryChild):
    """One use that the data reached, with what shows it."""

    entry = ParentalKey(CaseStudyPage, on_delete=models.CASCADE, related_name="official_uses")
    use = models.ForeignKey(
        Term,
        verbose_name=_("use"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "official_use"},
    )
    evidence = models.CharField(_("evidence"), max_length=500, blank=True, help_text=_("Which document shows it."))
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    link = models.URLField(_("link"), blank=True, max_length=500)

    class Meta(EntryChild.Meta):
        verbose_name = _("official use")
        verbose_name_plural = _("official uses")

    def __str__(self) -> str:
        return f"{self.use_id}: {self.evidence}"


class QualityScore(EntryChild):
    """Score 0-4 of one quality dimension with its evidence; a dimension that does not apply has no row."""

    entry = ParentalKey(CaseStudyPage, on_delete=models.CASCADE, related_name="quality_scores")
    dimension = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(validators=[MaxValueValidator(SCORES[1])])
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)

    class Meta(EntryChild.Meta):
        constraints = [
            models.UniqueConstraint(fields=["entry", "dimension"], name="entry_dimension_once"),
            models.CheckConstraint(condition=models.Q(score__range=SCORES), name="score_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.dimension_id}: {self.score}"


class MethodLink(EntryChild):
    """A described method that the case uses; the method derives its cases from these rows."""

    entry = ParentalKey(CaseStudyPage, on_delete=models.CASCADE, related_name="method_links")
    method = models.ForeignKey(
        "cases.MethodPage", verbose_name=_("method"), on_delete=models.CASCADE, related_name="case_links"
    )

    class Meta(EntryChild.Meta):
        verbose_name = _("method used")
        verbose_name_plural = _("methods used")
        constraints = [models.UniqueConstraint(fields=["entry", "method"], name="entry_method_once")]

    def __str__(self) -> str:
        return str(self.method_id)
