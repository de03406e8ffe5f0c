"""What the data are used for, and who checked them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class UseMixin(models.Model):
    """Effects of the data beyond the listed official uses, and their validation."""

    validation = models.TextField(
        _("validation"), blank=True, help_text=_("By the statistical office or peers: what was checked, when.")
    )
    policy_change = models.TextField(
        _("policy change"), blank=True, help_text=_("Laws, budgets, services that changed.")
    )
    community_benefit = models.TextField(
        _("benefit for the community"), blank=True, help_text=_("What people got out of it themselves.")
    )
    review_use = models.TextField(
        _("use in reviews"), blank=True, help_text=_("Voluntary national reviews, treaty bodies, other mechanisms.")
    )
    unintended_effects = models.TextField(
        _("unintended effects"), blank=True, help_text=_("Also what went wrong: others learn most from it.")
    )
    assessment_confirmed = models.BooleanField(
        _("assessment confirmed"),
        default=False,
        help_text=_("The lead organisation has confirmed levels, scores and verdict."),
    )

    class Meta:
        abstract = True
