"""The page on which people look after their own account."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views import account


class AccountView(account.AccountView):
    """Wagtail's, without a portrait: people at risk are better off without one, and nothing here would show it."""

    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if not isinstance(panel, account.AvatarSettingsPanel)]
