"""What this room tells the others when Django is ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases import gates
from cases.desk.registry import Place
from cases.desk.registry import register as put_on_desk
from cases.withdrawing import actions, rules
from cases.withdrawing.listing import WithdrawalList, figures
from core import mailing, withdrawals


def register() -> None:
    """Called in `AppConfig.ready`."""
    mailing.register_kind(actions.MAIL, _("Entries of your team are withdrawn"), optional=False)
    mailing.register_kind(actions.RESTORED_MAIL, _("Withdrawn entries are restored"), optional=True)
    gates.register_rule("withdrawn", rules.withdrawn_gap, translations=True)
    withdrawals.register_labels(actions.reason_label)
    put_on_desk(Place(WithdrawalList, _("Withdrawals"), "warning", 40, figures))
