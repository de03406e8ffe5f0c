"""What was scheduled is published, and what expired is taken down, each item on its own: one that fails stops no other.

Takes the place of Wagtail's `publish_scheduled`, which ends at the first item that cannot be published.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from wagtail.models import DraftStateMixin, Page, Revision

from cases.workflow import scheduling

logger = logging.getLogger(__name__)
PAUSE: Final = timedelta(minutes=10)
"""How long an item that failed is left alone."""


class Schedule:
    """The scheduled work of one process; it remembers what failed, to try that less often."""

    def __init__(self) -> None:
        self._failed: dict[tuple[str, Any], datetime] = {}

    def run(self) -> int:
        """Do all that is due and return the number of items; what fails is logged and tried again later."""
        return sum(self._attempt(item, unpublish) for item in _expired()) + sum(
            self._attempt(revision, publish) for revision in overdue()
        )

    def _attempt(self, item: Any, work: Callable[[Any], None]) -> bool:
        name, now = (item._meta.label, item.pk), timezone.now()
        if self._failed.get(name, now) > now:
            return False
        try:
            with transaction.atomic():
                work(item)
        except (OperationalError, InterfaceError):
            raise  # the database is in trouble, not the item
        except Exception as error:
            logger.exception("%s %s is due but could not be dealt with", *name)
            self._failed[name] = now + PAUSE
            if isinstance(item, Revision):
                scheduling.failed(item, error)
            return False
        self._failed.pop(name, None)
        return True


def overdue() -> QuerySet[Revision]:
    """Approved revisions whose time to go live has come, earliest first."""
    return Revision.objects.filter(approved_go_live_at__lte=timezone.now()).order_by("approved_go_live_at", "pk")


def publish(revision: Revision) -> None:
    """Publish one scheduled revision; raises what the page's rules raise (`cases.gates.GapsRemain`)."""
    revision.publish(log_action="wagtail.publish.scheduled")


def unpublish(item: Any) -> None:
    """Take down one page or snippet that expired."""
    item.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _expired() -> Iterable[Any]:
    drafts = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    for model in [Page, *(model for model in drafts if not issubclass(model, Page))]:
        yield from model.objects.filter(live=True, expire_at__lte=timezone.now()).order_by("expire_at", "pk")
