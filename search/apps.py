"""Faceted search as a Django app."""

from datetime import timedelta

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The query, the documents and the engines behind one port."""

    name = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        """Keep the searched texts with the pages and the index level with both; tell operators how it is."""
        from accounts.roles import EDITORS, grant
        from cases.desk.registry import register as put_on_desk
        from core import health
        from core.chores import register_chore
        from search import signals
        from search.failed.noting import tidy
        from search.failed.report import PLACE
        from search.upkeep import record
        from search.upkeep import signals as upkeep_signals
        from search.upkeep.delivery import attempt
        from search.upkeep.status import probe

        signals.connect()
        upkeep_signals.connect()
        record.after_commit(attempt)
        health.register("search", probe)
        put_on_desk(PLACE)
        register_chore("throw away old failed searches", tidy, every=timedelta(days=1))
        grant(EDITORS, ["search.view_indexchange", "search.change_indexchange"])
        grant(EDITORS, [f"search.{action}_synonymset" for action in ("add", "change", "delete", "view")])
