"""Who may sit at the desk: moderators work there, reviewers see the queue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest

from accounts.roles import EDITORS, ETHICS, REVIEWERS

Reader = Callable[[Any], bool]
_CACHE: Final = "_desk_roles"


def may_moderate(user: Any) -> bool:
    """Editors, ethics moderators and administrators."""
    return bool(user.is_superuser or _roles(user) & {EDITORS, ETHICS})


def may_edit(user: Any) -> bool:
    """Editors and administrators."""
    return bool(user.is_superuser or EDITORS in _roles(user))


def may_look(user: Any) -> bool:
    """Whoever moderates, and reviewers."""
    return may_moderate(user) or REVIEWERS in _roles(user)


def viewer(request: HttpRequest) -> Any:
    """The account of a request to the admin; anonymous visitors never get there."""
    return request.user


def _roles(user: Any) -> frozenset[str]:
    """The names of the account's groups, read once for each account object; accounts that are off have none."""
    if not user.is_active or not user.is_authenticated:
        return frozenset()
    if not hasattr(user, _CACHE):
        setattr(user, _CACHE, frozenset(user.groups.values_list("name", flat=True)))
    roles: frozenset[str] = getattr(user, _CACHE)
    return roles
