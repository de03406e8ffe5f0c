"""Wagtail's command of this name ends at the first page that cannot be published: this one takes each on its own."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.upkeep import locks
from search.upkeep.schedule import Schedule, overdue


class Command(BaseCommand):
    """Publish what was approved for a time that has come, and take down what expired; the worker does it as well."""

    help = "Publish and take down what is scheduled, each item on its own. `deliver_index_changes` does it by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dryrun", action="store_true", help="Only say what is due.")

    def handle(self, *args: Any, dryrun: bool, **options: Any) -> None:
        if dryrun:
            for revision in overdue():
                self.stdout.write(f"{revision.approved_go_live_at:%Y-%m-%d %H:%M} {revision.object_str}")
            return
        with locks.held(locks.SCHEDULE) as mine:
            if mine:
                self.stdout.write(f"Done: {Schedule().run()}.")
            else:
                self.stdout.write("Another process does it right now.")
