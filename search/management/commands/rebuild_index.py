"""Make the search index anew from the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tqdm import tqdm

from search.engines import engine


class Command(BaseCommand):
    """Rebuild what the engine named by SEARCH_ENGINE searches in."""

    help = "Make the search index anew from the database; searches are answered meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        adapter = engine()
        with tqdm(unit="page", disable=options["verbosity"] < 1) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            count = adapter.rebuild(progress)
        self.stdout.write(f"{adapter.name}: {count} written; {adapter.health().detail}.")
