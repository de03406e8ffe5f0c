"""Methods: how to do it, step by step, and when not to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey

from cases.models.children import EntryChild
from cases.models.entries import EntryPage
from cases.models.organisations import Organisation
from cases.models.parts.text import section
from cases.models.terms import Term
from cases.term_fields import Kind
from core.fields import TextListField

if TYPE_CHECKING:
    from modelcluster.fields import DeferringRelatedManager


class MethodPage(EntryPage):
    """A way of making citizen data, described so that others can use it."""

    kind: ClassVar[Kind] = "method"
    text_fields = ("purpose", "when_to_use", "when_not", "sampling", "ethics", "limits", "adaptation_notes")

    purpose = section(_("Purpose"), _("What the method is for."))
    when_to_use = section(_("When to use"), _("In which situation it serves best."))
    when_not = section(_("When not to use"), _("Where it fails or does harm."))
    sampling = section(_("Sampling and bias"), _("Who is reached, who is missed."))
    ethics = section(_("Ethics and safety"), _("What protects those who take part."))
    limits = section(_("Limits"), _("What results cannot tell."))
    adaptation_notes = section(_("Adaptation"), _("What to change for other places and people."))
    accessibility_needs = models.TextField(
        _("literacy and accessibility"), blank=True, help_text=_("What people need to be able to take part.")
    )
    staff = models.CharField(_("staff"), max_length=255, blank=True, help_text=_("How many people, in which roles."))
    materials = TextListField(_("materials"), blank=True, help_text=_("One a line."))
    skills = TextListField(_("skills"), blank=True, help_text=_("One a line."))
    tools = TextListField(
        _("tools"), blank=True, help_text=_("Software and its licence, as “name (licence)”; one a line.")
    )
    standards = TextListField(_("standards used"), blank=True, help_text=_("Such as the Washington Group short set."))
    offline_able = models.BooleanField(_("works without a network"), default=False)
    method_version = models.CharField(_("version"), max_length=40, blank=True)
    owner_organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("owner of the method"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_methods",
    )

    is_creatable = True
    template = "cases/method_page.html"

    steps: DeferringRelatedManager[Step]
    quality_checks: DeferringRelatedManager[QualityCheck]

    class Meta:
        verbose_name = _("method")
        verbose_name_plural = _("methods")


class Step(EntryChild):
    """One step, in order."""

    entry = ParentalKey(MethodPage, on_delete=models.CASCADE, related_name="steps")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what to do"), blank=True)
    who = models.CharField(_("who"), max_length=200, blank=True)
    time = models.CharField(_("time"), max_length=120, blank=True)

    class Meta(EntryChild.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return self.title


class QualityCheck(EntryChild):
    """A question to ask of the result, by quality dimension."""

    entry = ParentalKey(MethodPage, on_delete=models.CASCADE, related_name="quality_checks")
    dimension = models.ForeignKey(
        Term,
        verbose_name=_("dimension"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "quality_dimensions"},
    )
    check_text = models.CharField(_("check"), max_length=300)

    class Meta(EntryChild.Meta):
        verbose_name = _("quality check")
        verbose_name_plural = _("quality checks")

    def __str__(self) -> str:
        return self.check_text
