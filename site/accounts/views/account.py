"""The page on which people look after their own account."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy

from wagtail.admin.views import account

from accounts.forms import AddressForm, MailsForm
from core import mailing


class MailsPanel(account.BaseSettingsPanel):
    """Which mails of ours a person wants."""

    name = "mails"
    title = gettext_lazy("Mails")
    tab = account.notifications_tab
    order = 50
    form_class = MailsForm

    def is_active(self) -> bool:
        """Whether there is anything to choose."""
        return bool(mailing.choices_of(self.user))


class AddressPanel(account.BaseSettingsPanel):
    """Asks for another e-mail address; sent without one it is not looked at."""

    name = "address"
    title = gettext_lazy("E-mail address")
    order = 150

    def is_active(self) -> bool:
        """Whether the person signs in with a password, by which we know them."""
        return bool(self.user.has_usable_password())

    def get_form(self) -> AddressForm:
        return self._form

    @cached_property
    def _form(self) -> AddressForm:
        """One for the whole request: looking at it counts as an attempt."""
        sent = self.request.POST if self.request.POST.get(f"{self.name}-email") else None
        return AddressForm(sent, prefix=self.name, request=self.request)


class AccountView(account.AccountView):
    """Wagtail's, with our mails in place of its own.

    There is no portrait: people at risk are better off without one, and nothing here would show it.
    """

    left_out = (account.AvatarSettingsPanel, account.NotificationsSettingsPanel)

    def get_panels(self) -> list[Any]:
        return self._panels

    @cached_property
    def _panels(self) -> list[Any]:
        kept = [panel for panel in super().get_panels() if not isinstance(panel, self.left_out)]
        own = [panel(self.request, self.request.user, kept[0].profile) for panel in (AddressPanel, MailsPanel)]
        return [*kept, *(panel for panel in own if panel.is_active())]
