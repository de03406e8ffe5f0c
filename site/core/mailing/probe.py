"""What `/readyz` says of mail."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone

from core.health import Finding
from core.mailing.models import QueuedMail

LATE: Final = timedelta(hours=1)


def probe() -> Finding:
    """Whether mail gets out: none has been waiting for long; how many wait, and how many were given up. Three SQL."""
    waiting = QueuedMail.objects.waiting()
    late = waiting.filter(created_at__lt=timezone.now() - LATE).count()
    details = {"waiting": waiting.count(), "late": late, "given_up": QueuedMail.objects.set_aside().count()}
    return Finding(ok=not late, details=details)
