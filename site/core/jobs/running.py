"""Doing jobs, one at a time on the whole site: in the worker, or in a thread where no worker is alive.

Who runs jobs holds a lock that ends with its process. A job that is marked as running while nobody holds the lock was
left behind by a process that died: it is done again.
"""

from __future__ import annotations

import logging
import threading
import uuid
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core.files.base import File
from django.db import DatabaseError, close_old_connections, connections, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import locks
from core.jobs.models import Job, WorkerBeat
from core.jobs.progress import JobCancelled, JobLost, JobRefused, Progress, end
from core.jobs.registry import kind_of, prepare

logger = logging.getLogger(__name__)
LOCK: Final = "jobs"
MAX_ATTEMPTS: Final = 3
"""Runs of a job that ended with their process, after which it counts as failed."""
WORKER: Final = "worker"
BEAT: Final = timedelta(seconds=5)
ALIVE: Final = timedelta(seconds=20)


def start(kind: str, owner: Any, file: File[Any] | None = None, **params: Any) -> Job:
    """Write a job down in the caller's transaction; it begins after the commit. Raises `LookupError`."""
    if kind_of(kind) is None:
        raise LookupError(f"No kind of job is called {kind!r}.")
    job = Job(kind=kind, owner=owner, params=params, language=translation.get_language() or "")
    if file is not None:
        job.input_name = str(file.name or "")[-200:]
        job.input.save(job.input_name, file, save=False)
    job.save(force_insert=True)
    transaction.on_commit(wake_unless_worker, robust=True)
    return job


def cancel(job: Job) -> bool:
    """Stop a job: at once when it waits, soon when it runs; False when it has ended already."""
    now = timezone.now()
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.WAITING)
    if waiting.update(state=Job.State.CANCELLED, ended_at=now):
        return True
    return bool(Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(asked_to_stop=True))


def run_waiting() -> int:
    """Do every waiting job, oldest first, and return how many; none when another process is at it."""
    number = 0
    # A job that was written while the lock was being given back is seen by the look after that.
    while Job.objects.unfinished().exists():
        with locks.held(LOCK) as mine:
            if not mine:
                return number
            _recover()
            while (job := _claim()) is not None:
                perform(job)
                number += 1
    return number


def perform(job: Job) -> None:
    """Do one claimed job and write down how it ended; nothing that it raises goes further."""
    kind, progress = kind_of(job.kind), Progress(job)
    prepare()
    with translation.override(job.language or settings.LANGUAGE_CODE):
        try:
            if kind is None:
                raise JobRefused(_("This kind of work is not known any more."))
            result = kind.work(job, progress)
            if not progress.finished:
                progress.finish(result)
        except JobCancelled:
            _end_otherwise(job, Job.State.CANCELLED)
        except JobLost:
            logger.warning("%s was taken by another process", job)
        except JobRefused as error:
            _end_otherwise(job, Job.State.FAILED, error=str(error), result=error.result)
        except Exception:
            logger.exception("%s failed", job)
            _end_otherwise(job, Job.State.FAILED, error=_("Something went wrong here; nothing was changed."))


def beat() -> None:
    """Say that a worker is alive; written at most every few seconds."""
    now = timezone.now()
    if WorkerBeat.objects.filter(name=WORKER, seen_at__gt=now - BEAT).exists():
        return
    WorkerBeat.objects.update_or_create(name=WORKER, defaults={"seen_at": now})


def worker_is_alive() -> bool:
    """Whether a worker began a round a moment ago."""
    return WorkerBeat.objects.filter(name=WORKER, seen_at__gt=timezone.now() - ALIVE).exists()


def wake_unless_worker() -> None:
    """Start a thread for the waiting jobs, unless a worker takes them."""
    if not worker_is_alive():
        wake()


def wake() -> None:
    """Do waiting jobs in a thread of this process; one thread at a time."""
    if settings.JOBS_IN_THREAD:
        _runner.wake()


class _Runner:
    """The thread of this process that does jobs, while there are any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted = False
        self._running = False

    def wake(self) -> None:
        with self._lock:
            self._wanted = True
            if self._running:
                return
            self._running = True
        # A daemon: a process that ends takes the transaction of its job with it, and the next one does it again.
        threading.Thread(target=self._work, name="jobs", daemon=True).start()

    def _work(self) -> None:
        try:
            while self._goes_on():
                close_old_connections()
                run_waiting()
        except DatabaseError:
            logger.exception("Jobs wait")
            with self._lock:
                self._running = False
        finally:
            connections.close_all()

    def _goes_on(self) -> bool:
        with self._lock:
            self._running = self._wanted
            self._wanted = False
            return self._running


_runner = _Runner()


def _claim() -> Job | None:
    """Take the oldest waiting job, or None when there is none."""
    while (job := Job.objects.filter(state=Job.State.WAITING).order_by("created_at", "pk").first()) is not None:
        run = uuid.uuid4()
        values = {"state": Job.State.RUNNING, "run": run, "started_at": timezone.now(), "attempts": F("attempts") + 1}
        if Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(**values):
            job.refresh_from_db()
            return job
    return None


def _recover() -> None:
    """Put back what a dead process left; called under the lock."""
    left = Job.objects.filter(state=Job.State.RUNNING)
    stopped = left.filter(asked_to_stop=True)
    stopped.update(state=Job.State.CANCELLED, ended_at=timezone.now(), run=None)
    often = left.filter(attempts__gte=MAX_ATTEMPTS)
    for job in often:
        _end_otherwise(job, Job.State.FAILED, error=_("It was interrupted several times; nothing was changed."))
    left.update(state=Job.State.WAITING, run=None, done=0)


def _end_otherwise(job: Job, state: str, **values: Any) -> None:
    try:
        end(job, state, **values)
    except JobLost:
        logger.warning("%s was taken by another process", job)
