"""Checks of what an entry carries: personal data, pictures without words, files without rules, links that lead nowhere.

What other packages use stands here; imports are late, because the models of findings know the kinds of this package.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cases.checks.looking import Found
    from cases.checks.reports import BrokenLink, UnwordedPicture
    from cases.gates import Gap
    from cases.models import EntryPage, Finding


def findings(entry: EntryPage) -> list[Found]:
    """Everything found in `entry` as it stands in memory, with its verdict; no file is read. Two or three SQL."""
    from cases.checks.looking import look

    return look(entry)


def open_findings(entry: EntryPage) -> list[Finding]:
    """What no moderator has accepted yet in `entry` as it stands in memory; its files are read if need be.

    Writes what it finds: to be called where something is decided (submission, approval), not where it is shown.
    """
    from cases.checks.looking import record

    return [row for row in record(entry, read_files=True) if row.state != row.State.ACCEPTED]


def gate(entry: EntryPage) -> list[Gap]:
    """The gaps that findings make when `entry` is to be published: open ones and refused ones."""
    from cases.checks.rules import refused_findings, unsettled_findings

    return [*refused_findings(entry), *unsettled_findings(entry)]


def open_counts(entries: Iterable[Any]) -> dict[int, int]:
    """How many unsettled findings each entry has, by key of the entry; one SQL for all."""
    from cases.checks.reports import open_counts

    return open_counts(entries)


def broken_links() -> list[BrokenLink]:
    """Links of published entries that failed twice or more in a row; a constant number of SQL."""
    from cases.checks.reports import broken_links

    return broken_links()


def pictures_without_words() -> list[UnwordedPicture]:
    """Pictures on published entries that have no alternative text and are not said to be decoration; constant SQL."""
    from cases.checks.reports import pictures_without_words

    return pictures_without_words()
