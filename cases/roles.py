"""What the roles of the site may do with the things of this room."""

from __future__ import annotations

from typing import Final

from accounts.roles import EDITORS, ETHICS, REVIEWERS, grant

TEAM_PERMISSIONS: Final = ("cases.add_organisation",)
"""Also for every team: an author adds the organisation that is not in the list yet."""
EDITOR_PERMISSIONS: Final = (
    *(f"cases.{action}_organisation" for action in ("add", "change", "delete", "view")),
    *(f"cases.{action}_term" for action in ("add", "change", "view")),
)


def grant_all() -> None:
    """Tell `accounts`, which gives the permissions with the next `migrate`."""
    grant(EDITORS, EDITOR_PERMISSIONS)
    for role in (REVIEWERS, ETHICS):
        grant(role, ["cases.view_term"])
