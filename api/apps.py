"""What machines and readers take away, as a Django app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Exports of results, feeds, the sitemap."""

    name = "api"
    verbose_name = "Exports and feeds"
