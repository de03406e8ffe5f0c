"""Faceted search as a Django app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The query, the documents and the engines behind one port."""

    name = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        """Keep the searched texts with the pages."""
        from search import signals

        signals.connect()
