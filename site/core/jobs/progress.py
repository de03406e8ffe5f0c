"""What a running job says of itself, and hears from its owner."""

from __future__ import annotations

import logging
import time
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from core.jobs.models import Job
from core.jobs.signals import job_ended

logger = logging.getLogger(__name__)

PAUSE: Final = 0.5
"""Seconds between two reports: a page asks no more often."""


class JobCancelled(Exception):  # noqa: N818 - not an error: the owner asked for it
    """The owner wants the job to stop; nothing of it is to be kept."""


class JobLost(Exception):  # noqa: N818
    """Another runner has taken the job: what this one did must not be kept."""


class JobRefused(ValueError):  # noqa: N818
    """The job cannot be done, for a reason that its owner can mend; `result` may hold more than the text."""

    def __init__(self, message: str, result: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.result = result or {}


class Progress:
    """Handed to the work of a job."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.finished = False
        self._told = 0.0

    def begin(self, total: int, note: str = "") -> None:
        """Say how many steps there are, and what is being done. Raises `JobCancelled`, as all others do."""
        self.job.done, self.job.total, self.job.note = 0, total, note
        self._tell()

    def step(self, number: int = 1) -> None:
        """Say that so many more steps are done."""
        self.job.done += number
        if time.monotonic() - self._told >= PAUSE:
            self._tell()

    def reached(self, done: int) -> None:
        """Say how many steps are done altogether."""
        self.step(done - self.job.done)

    def finish(self, result: dict[str, Any] | None = None) -> None:
        """End the job well, in the caller's transaction if there is one. Raises `JobLost`, `JobCancelled`."""
        if self._mine().filter(asked_to_stop=True).exists():
            raise JobCancelled
        end(self.job, Job.State.DONE, result=result or {}, done=max(self.job.done, self.job.total))
        self.finished = True

    def _mine(self) -> Any:
        return Job.objects.filter(pk=self.job.pk, run=self.job.run, state=Job.State.RUNNING)

    def _tell(self) -> None:
        self._told = time.monotonic()
        stop = self._mine().values_list("asked_to_stop", flat=True).first()
        if stop is None:
            raise JobLost
        if stop:
            raise JobCancelled
        self._mine().update(done=self.job.done, total=self.job.total, note=self.job.note)


def end(job: Job, state: str, **values: Any) -> None:
    """Write the end of a run and tell who listens, unless the job is another's by now. Raises `JobLost`."""
    values |= {"state": state, "ended_at": timezone.now(), "note": ""}
    mine = Job.objects.filter(pk=job.pk, run=job.run, state=Job.State.RUNNING)
    with transaction.atomic():
        if not mine.update(**values):
            raise JobLost
        for name, value in values.items():
            setattr(job, name, value)
        for receiver, error in job_ended.send_robust(sender=Job, job=job):
            if isinstance(error, Exception):
                logger.error("%s after %s: %s", receiver, job, error)
