"""Jobs are kept for a while, so that their results can be read, and then forgotten with their files."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone

from core.jobs.models import Job

KEPT_FOR: Final = timedelta(days=30)


def forget_old() -> int:
    """Delete jobs that ended long ago; return how many."""
    old = list(Job.objects.filter(ended_at__lt=timezone.now() - KEPT_FOR).order_by("ended_at", "pk"))
    for job in old:
        job.delete_files()
        job.delete()
    return len(old)
