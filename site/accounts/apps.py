"""Accounts as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, roles, sign-in, invitations."""

    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Keep the roles level with the code; tell who wants which mail."""
        from accounts import preferences
        from accounts.roles import ensure_roles
        from core import mailing

        post_migrate.connect(ensure_roles, dispatch_uid="accounts.ensure_roles")
        mailing.register_preferences(preferences)
        mailing.register_kind("invitation", _("Invitations"), optional=False)
        mailing.register_kind("password-reset", _("New password"), optional=False)
        mailing.register_kind("new-address", _("New e-mail address"), optional=False)
        mailing.register_kind("address-changed", _("New e-mail address"), optional=False)
