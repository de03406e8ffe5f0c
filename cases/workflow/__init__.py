"""From a team's draft to a published entry: submission, review by editors, ethics, publication. See docs/moderation.md.

Wagtail loads `cases.workflow.finish` before there are models: nothing here may import them at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.workflow.state import State, Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cases.models import EntryPage

__all__ = ["State", "Step", "status", "statuses"]


def status(entry: EntryPage) -> State:
    """Where `entry` stands on its way to the public."""
    return statuses([entry])[entry.pk]


def statuses(entries: Iterable[EntryPage]) -> dict[int, State]:
    """The same for many entries by primary key, in a constant number of queries."""
    # Late, because Wagtail's models load this package.
    from cases.workflow.standing import ask

    return ask(list(entries))
