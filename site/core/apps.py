"""What every page shares, as a Django app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Base page, pictures, files, visibility, withdrawal."""

    name = "core"
    verbose_name = "Core"
