"""Who may sit at the desk: moderators work there, reviewers see the queue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cases.people import is_moderator, is_reviewer

Reader = Callable[[Any], bool]


def may_moderate(user: Any) -> bool:
    """Editors, ethics moderators and administrators."""
    return is_moderator(user)


def may_look(user: Any) -> bool:
    """Whoever moderates, and reviewers."""
    return is_moderator(user) or is_reviewer(user)
