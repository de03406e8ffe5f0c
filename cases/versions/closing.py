"""Closing one version, such as one that held personal data, and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.log_actions import LogActionRegistry, log

from cases import people
from cases.models import PublishedVersion
from cases.versions.recording import latest

if TYPE_CHECKING:
    from accounts.models import User

CLOSE: Final = "cases.version.close"
OPEN: Final = "cases.version.open"


class ClosingError(PermissionDenied):
    """It cannot be closed or opened; the text says why."""


def obstacle(user: Any, version: PublishedVersion) -> str:
    """Why this person may not close the version; empty when nothing stands against it."""
    if not people.is_editor(user):
        return str(_("Only an editor may close a version."))
    newest = latest(version.entry_id)
    if version.entry.live and newest and newest.pk == version.pk:
        return str(_("This version is what is published: publish a corrected one first, or withdraw the entry."))
    return ""


@transaction.atomic
def close(version: PublishedVersion, user: User, reason: str, public_note: str = "") -> None:
    """Let nobody read this version, nor the versions of translations that rest on it. Raises `ClosingError`."""
    if text := obstacle(user, version):
        raise ClosingError(text)
    version.closed_at, version.closed_by = timezone.now(), user
    version.closed_reason, version.closed_note = reason, public_note
    version.save(update_fields=["closed_at", "closed_by", "closed_reason", "closed_note"])
    _note(CLOSE, version, user, reason=reason)


@transaction.atomic
def reopen(version: PublishedVersion, user: User) -> None:
    """Undo a closing. Raises `ClosingError`."""
    if not people.is_editor(user):
        raise ClosingError(_("Only an editor may open a version again."))
    version.closed_at, version.closed_by, version.closed_reason, version.closed_note = None, None, "", ""
    version.save(update_fields=["closed_at", "closed_by", "closed_reason", "closed_note"])
    _note(OPEN, version, user)


def register_log_actions(actions: LogActionRegistry) -> None:
    """Name these actions in the history; a `register_log_actions` hook."""
    actions.register_action(CLOSE, _("Close a version"), _("Closed a published version"))
    actions.register_action(OPEN, _("Open a version"), _("Opened a closed version again"))


def _note(action: str, version: PublishedVersion, user: User, **data: Any) -> None:
    log(instance=version.entry.specific, action=action, user=user, data={"version": version.number, **data})
