"""The page on which people look after their own account."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail.admin.views import account

from accounts.forms import MailsForm
from core import mailing


class MailsPanel(account.BaseSettingsPanel):
    """Which mails of ours a person wants."""

    name = "mails"
    title = _("Mails")
    tab = account.notifications_tab
    order = 50
    form_class = MailsForm

    def is_active(self) -> bool:
        """Whether there is anything to choose."""
        return bool(mailing.choices_of(self.user))


class AccountView(account.AccountView):
    """Wagtail's, with our mails in place of its own.

    There is no portrait: people at risk are better off without one, and nothing here would show it.
    """

    left_out = (account.AvatarSettingsPanel, account.NotificationsSettingsPanel)

    def get_panels(self) -> list[Any]:
        kept = [panel for panel in super().get_panels() if not isinstance(panel, self.left_out)]
        mails = MailsPanel(self.request, self.request.user, kept[0].profile)
        return [*kept, mails] if mails.is_active() else kept
