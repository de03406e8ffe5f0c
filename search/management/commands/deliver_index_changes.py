"""Bring the search index level with the database, and publish what is scheduled."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.port import SearchUnavailable
from search.upkeep.delivery import retry
from search.upkeep.rebuild import RebuildFailedError
from search.upkeep.worker import Worker


class Command(BaseCommand):
    """The worker. It ends cleanly at SIGTERM, after what it is at."""

    help = (
        "Deliver what changed to the search index, publish what is scheduled and take down what expired, until stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what is due now, and end.")
        parser.add_argument("--retry", action="store_true", help="First give what was set aside another chance.")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        if options["retry"]:
            self.stdout.write(f"{retry()} set-aside changes are tried again.")
        if once:
            self._once(worker)
        else:
            worker.run()

    def _once(self, worker: Worker) -> None:
        total = failed = 0
        try:
            while not worker.stopping.is_set():
                done = worker.once()
                total, failed = total + done.rows, failed + done.failed
                if done.busy or not done.rows:
                    break
        except (SearchUnavailable, RebuildFailedError) as error:
            raise CommandError(f"The search index is in trouble; the changes wait: {error}") from error
        self.stdout.write(f"{total} changes delivered.")
        if done.busy:
            self.stdout.write("Another process is delivering; it takes the rest.")
        if failed:
            raise CommandError(f"{failed} changes could not be indexed: see Reports > Search index.")
