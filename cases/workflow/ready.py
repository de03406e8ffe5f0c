"""Connects the workflow when Django is ready."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_migrate

from wagtail.admin import signal_handlers
from wagtail.signals import page_published, workflow_cancelled

from cases.workflow import chores, decisions, mails, signals
from cases.workflow.install import after_migrate


def connect() -> None:
    """Called in `AppConfig.ready`."""
    post_migrate.connect(after_migrate, dispatch_uid="cases.workflow.install")
    workflow_cancelled.connect(decisions.cancelled, dispatch_uid="cases.workflow.cancelled")
    page_published.connect(went_live, dispatch_uid="cases.workflow.published")
    _silence_wagtail()
    mails.register()
    for signal, tell in _MAILS:
        signal.connect(tell, dispatch_uid=f"cases.workflow.mails.{tell.__name__}")
    chores.register()


_MAILS = (
    (signals.submitted, mails.submitted),
    (signals.approved, mails.approved),
    (signals.changes_asked, mails.changes_asked),
    (signals.rejected, mails.rejected),
    (signals.withdrawn, mails.withdrawn),
    (signals.published, mails.published),
)


def _silence_wagtail() -> None:
    """Wagtail's mails of workflows tell the same to fewer people, and nobody can stop them by a link."""
    for notifier in (
        signal_handlers.workflow_submission_email_notifier,
        signal_handlers.workflow_rejection_email_notifier,
        signal_handlers.workflow_approval_email_notifier,
    ):
        notifier.valid_classes = ()  # its app connects them only later, so they cannot be disconnected here


def went_live(instance: Any, revision: Any = None, **_kwargs: Any) -> None:
    """Tell that an entry is public; Wagtail says “published” of what is only scheduled too."""
    from cases.models import Clearance, EntryPage

    if isinstance(instance, EntryPage) and instance.live and revision is not None and not instance.alias_of_id:
        clearance = Clearance.objects.filter(revision=revision).select_related("editor").first()
        user = clearance.editor if clearance else None
        signals.published.send(sender=type(instance), entry=instance, user=user, revision=revision)
