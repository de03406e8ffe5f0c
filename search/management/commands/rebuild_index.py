"""Make the search index anew from the database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tqdm import tqdm

from search.engines import engine
from search.engines.port import RebuildRunning, SearchUnavailable
from search.upkeep.delivery import deliver
from search.upkeep.rebuild import RebuildFailedError, Rebuilt, give_way, rebuild

RUNNING, FAILED = 3, 1


class Command(BaseCommand):
    """Exit codes: 0 done, 1 failed (the old index stays), 3 another rebuild is running."""

    help = "Make the search index anew from the database; searches are answered from the old one meanwhile."

    is_program = False

    def run_from_argv(self, argv: list[str]) -> None:
        """Note that this process does nothing else, and may give way to others for good."""
        self.is_program = True
        super().run_from_argv(argv)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at-full-speed",
            action="store_true",
            help="do not wait for other processes: where nobody searches yet",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if self.is_program and not options["at_full_speed"]:
            give_way()
        try:
            done = self._rebuild(quiet=options["verbosity"] < 1)
            deliver()
        except RebuildRunning as error:
            raise CommandError(str(error), returncode=RUNNING) from error
        except (SearchUnavailable, RebuildFailedError) as error:
            raise CommandError(f"The index was not replaced: {error}", returncode=FAILED) from error
        if options["verbosity"] > 0:
            rate = done.documents / done.seconds if done.seconds else 0
            self.stdout.write(
                f"{engine().name}: {done.documents} entries indexed in {done.seconds:.1f} s ({rate:.0f}/s)."
            )
        for key, reason in done.left_out.items():
            self.stderr.write(f"  left out: {key}: {reason}")

    def _rebuild(self, *, quiet: bool) -> Rebuilt:
        with tqdm(desc="Search index", unit="entry", disable=quiet or None) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            return rebuild(progress)
