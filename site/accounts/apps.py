"""Accounts as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Users, roles, sign-in."""

    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Keep the roles level with the code; tell who wants which mail."""
        from accounts import preferences
        from accounts.roles import ensure_roles
        from core import mailing

        post_migrate.connect(ensure_roles, dispatch_uid="accounts.ensure_roles")
        mailing.register_preferences(preferences)
