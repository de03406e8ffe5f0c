"""Connects the workflow when Django is ready."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_migrate

from wagtail.signals import page_published, workflow_cancelled

from cases.workflow import decisions, signals
from cases.workflow.install import after_migrate


def connect() -> None:
    """Called in `AppConfig.ready`."""
    post_migrate.connect(after_migrate, dispatch_uid="cases.workflow.install")
    workflow_cancelled.connect(decisions.cancelled, dispatch_uid="cases.workflow.cancelled")
    page_published.connect(went_live, dispatch_uid="cases.workflow.published")


def went_live(instance: Any, revision: Any = None, **_kwargs: Any) -> None:
    """Tell that an entry is public; Wagtail says “published” of what is only scheduled too."""
    from cases.models import Clearance, EntryPage

    if isinstance(instance, EntryPage) and instance.live and revision is not None and not instance.alias_of_id:
        clearance = Clearance.objects.filter(revision=revision).select_related("editor").first()
        user = clearance.editor if clearance else None
        signals.published.send(sender=type(instance), entry=instance, user=user, revision=revision)
