"""How the data are made, and how people take part."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import TextListField


class ConductMixin(models.Model):
    """Sample, tools and training; how communities decide, are recognised and hear back."""

    sample_design = models.TextField(_("sample design"), blank=True, help_text=_("How people or places are chosen."))
    sample_size = models.PositiveIntegerField(
        _("sample size"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("In the last round.")
    )
    coverage = models.TextField(
        _("coverage"), blank=True, help_text=_("Areas and people that are and are not reached.")
    )
    tools = TextListField(_("tools and software"), blank=True, help_text=_("One a line."))
    training = models.TextField(_("training"), blank=True, help_text=_("Who was trained, in what, for how long."))
    community_decisions = models.TextField(
        _("how communities decide"), blank=True, help_text=_("On questions, on use, on publication.")
    )
    recognition = models.TextField(
        _("payment and recognition"), blank=True, help_text=_("What those who give time and data get for it.")
    )
    feedback = models.TextField(
        _("feedback to people"), blank=True, help_text=_("How results go back to those whom they are about.")
    )
    contact = models.EmailField(
        _("contact"), blank=True, help_text=_("A role mailbox, shown in public. Never a person's own address.")
    )
    community_name = models.CharField(
        _("community"), max_length=255, blank=True, help_text=_("Only if the community agreed to be named.")
    )
    community_agreed = models.BooleanField(_("the community agreed to be named"), default=False)

    class Meta:
        abstract = True
