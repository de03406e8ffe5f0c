"""Where, when and about what."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.provisions import validate_indicators, validate_provisions, validate_targets
from core.fields import TextListField

FIRST_YEAR, LAST_YEAR = 1900, 2100
YEARS = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]


class ScopeMixin(models.Model):
    """Places, years, goals, norms and groups; the terms themselves stand in `EntryTerm`."""

    places = TextListField(
        _("places"), blank=True, help_text=_("Towns, districts, territories; one a line. Never an address or a point.")
    )
    start_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True, validators=YEARS)
    end_year = models.PositiveSmallIntegerField(
        _("last year"), null=True, blank=True, validators=YEARS, help_text=_("Leave empty while it goes on.")
    )
    targets = TextListField(
        _("SDG targets"), blank=True, validators=[validate_targets], help_text=_("Such as 17.18 or 16.a; one a line.")
    )
    indicators = TextListField(
        _("SDG indicators to which the data contribute"),
        blank=True,
        validators=[validate_indicators],
        help_text=_("Such as 4.1.1; one a line."),
    )
    possible_indicators = TextListField(
        _("SDG indicators to which the data could contribute"),
        blank=True,
        validators=[validate_indicators],
        help_text=_("Such as 16.7.2; one a line."),
    )
    provisions = TextListField(
        _("human rights provisions"),
        blank=True,
        validators=[validate_provisions],
        help_text=_("Code of the instrument and number, such as crpd:31; one a line."),
    )
    comparison_group = models.CharField(
        _("comparison group"), max_length=255, blank=True, help_text=_("With whom the groups are compared, if at all.")
    )
    disaggregation = TextListField(
        _("disaggregation"), blank=True, help_text=_("Variables by which figures are broken down; one a line.")
    )
    other_languages = TextListField(
        _("other working languages"), blank=True, help_text=_("Names of languages that are not in the list above.")
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Years in order."""
        super().clean()
        if self.start_year and self.end_year and self.end_year < self.start_year:
            raise ValidationError({"end_year": _("The last year lies before the first one.")})
