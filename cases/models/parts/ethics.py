"""Consent, risk and the right to say no."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import File

PRIVATE_FIELDS = ("risk_assessment", "consent_record")
"""Seen by the team and by moderators only: on no page, in no export, in no index."""


class EthicsMixin(models.Model):
    """What protects the people in the data."""

    risk_assessment = models.TextField(
        _("risk assessment"),
        blank=True,
        help_text=_("Who could be hurt, by whom and how. Seen by your team and moderators only."),
    )
    consent_record = models.ForeignKey(
        File,
        verbose_name=_("record of free, prior and informed consent"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Kept privately: seen by your team and moderators only."),
    )
    ethics_review = models.TextField(_("ethics review"), blank=True, help_text=_("By whom, when, with what outcome."))
    data_holder = models.CharField(
        _("holder of the data"), max_length=255, blank=True, help_text=_("Who decides on the data and keeps them.")
    )
    safeguards = models.TextField(
        _("measures against recognition"), blank=True, help_text=_("What keeps single people from being recognised.")
    )
    grievance_contact = models.CharField(
        _("grievance contact"), max_length=255, blank=True, help_text=_("Where people can complain; a role, no person.")
    )
    withdrawal_procedure = models.TextField(
        _("how people withdraw"), blank=True, help_text=_("What somebody does who wants their data out.")
    )
    sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        help_text=_("Groups, places or consent imply risk for people. Only an ethics moderator takes the mark away."),
    )
    sensitive_reason = models.CharField(_("reason of the mark"), max_length=500, blank=True)

    class Meta:
        abstract = True
