"""The website's frame as a Django app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Home page, plain pages, navigation."""

    name = "home"
    verbose_name = "Website"

    def ready(self) -> None:
        """Connect the signals."""
        from home import signals  # noqa: F401
