"""Which bulk actions there are, and what the log says of them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail.log_actions import LogActionRegistry

from cases.desk.bulk.actions import register
from cases.desk.bulk.public import AskReview, Withdraw
from cases.desk.bulk.running import UNDO
from cases.desk.bulk.submissions import Claim, Release, SetDue
from cases.desk.bulk.terms import AddTerms


def install() -> None:
    """Offer them."""
    for work in (AddTerms(), AskReview(), Withdraw(), Claim(), Release(), SetDue()):
        register(work)


def register_actions(actions: LogActionRegistry) -> None:
    """Name their lines; a `register_log_actions` hook."""
    actions.register_action(AddTerms.log_action, _("Add terms or tags"), _("Terms or tags added"))
    actions.register_action(SetDue.log_action, _("Set due date"), _("Due date set"))
    actions.register_action(AskReview.log_action, _("Ask for review"), _("Asked the team to review it"))
    actions.register_action(UNDO, _("Undo a bulk action"), _("Bulk action undone"))
